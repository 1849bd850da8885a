//! How often someone may try to log in.
//!
//! Attempts are counted before the credentials are looked at, per login name and network together
//! and per network alone; so a stranger elsewhere cannot lock the owner of an account out, and one
//! network cannot try many names.
//! The counters are in the database: restarting the program or using several does not help.

use std::net::IpAddr;

use domain::moment::Moment;
use store::throttle::Counted;
use time::Duration;
use vault::blind_index::BlindIndex;

use crate::{Application, ApplicationError};

/// A network from which attempts come: /24 of IPv4, /64 of IPv6, what one household or firm has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network([u8; 8]);

/// How many attempts are allowed per window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptRules {
    /// Attempts on one login name from one network.
    pub per_account: u64,
    /// Attempts from one network.
    pub per_network: u64,
    /// Length of the window.
    pub window: Duration,
}

impl Default for AttemptRules {
    fn default() -> AttemptRules {
        AttemptRules {
            per_account: 5,
            per_network: 50,
            window: Duration::minutes(15),
        }
    }
}

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Network {
        let mut prefix = [0; 8];
        match address.to_canonical() {
            // Not a prefix that IPv6 gives out, so that the two do not meet.
            IpAddr::V4(v4) => {
                prefix[..4].fill(0xFF);
                prefix[4..7].copy_from_slice(&v4.octets()[..3]);
            }
            IpAddr::V6(v6) => prefix.copy_from_slice(&v6.octets()[..8]),
        }
        Network(prefix)
    }
}

/// What an attempt is counted under.
pub(crate) struct Attempt {
    account: Option<Vec<u8>>,
    network: Vec<u8>,
}

impl Application {
    /// Counts an attempt and refuses it when there were too many.
    ///
    /// `subject` is the login name, or nothing where a code says itself whose it is.
    pub(crate) async fn count_attempt(
        &self,
        network: Network,
        subject: Option<&str>,
    ) -> Result<Attempt, ApplicationError> {
        let index = BlindIndex::of_column(&self.master, "login_throttle", "subject");
        let network_text = data_text(network);
        let attempt = Attempt {
            account: subject.map(|name| index.of(&format!("{name} {network_text}")).to_vec()),
            network: index.of(&network_text).to_vec(),
        };
        let rules = self.rules.attempts;
        let now = self.now();
        let window_start = now - rules.window;
        let transaction = self.store.begin().await?;
        let mut too_many = store::throttle::count(
            &transaction,
            Counted::Network,
            &attempt.network,
            now,
            window_start,
        )
        .await?
            > rules.per_network;
        if let Some(account) = &attempt.account {
            let n =
                store::throttle::count(&transaction, Counted::Account, account, now, window_start)
                    .await?;
            too_many |= n > rules.per_account;
        }
        transaction.commit().await?;
        if too_many {
            return Err(ApplicationError::TooManyAttempts {
                again_at: self.again_at(now),
            });
        }
        Ok(attempt)
    }

    /// Forgets the attempts on an account that its owner has just logged in to.
    pub(crate) async fn forget_attempts(
        &self,
        transaction: &store::Transaction,
        attempt: &Attempt,
    ) -> Result<(), ApplicationError> {
        if let Some(account) = &attempt.account {
            store::throttle::clear(transaction, Counted::Account, account).await?;
        }
        Ok(())
    }

    fn again_at(&self, now: Moment) -> Moment {
        now + self.rules.attempts.window
    }
}

fn data_text(network: Network) -> String {
    network.0.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_network() {
        let network = |text: &str| text.parse::<IpAddr>().map(Network::from);
        assert_eq!(network("192.0.2.7"), network("192.0.2.250"));
        assert_eq!(network("192.0.2.7"), network("::ffff:192.0.2.9"));
        assert_ne!(network("192.0.2.7"), network("192.0.3.7"));
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_ne!(network("::1"), network("0.0.0.1"));
    }
}
