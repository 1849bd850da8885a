//! How often someone may try to log in.
//!
//! Attempts are counted before the credentials are looked at, per login name and network together
//! and per network alone; so a stranger elsewhere cannot lock the owner of an account out, and one
//! network cannot try many names.
//! The counters are in the database: restarting the program or using several does not help.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use domain::id::ApiTokenId;
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
    /// Wrong tokens of programs from one network.
    pub wrong_tokens: u64,
    /// Length of the window.
    pub window: Duration,
    /// Requests of one program in a minute.
    pub program_per_minute: u32,
}

impl Default for AttemptRules {
    fn default() -> AttemptRules {
        AttemptRules {
            per_account: 5,
            per_network: 50,
            wrong_tokens: 50,
            window: Duration::minutes(15),
            program_per_minute: 300,
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

/// How often each program asked in its present minute, in this process; nothing to keep when it
/// ends.
#[derive(Debug, Default)]
pub(crate) struct ProgramUse(Mutex<HashMap<ApiTokenId, (Moment, u32)>>);

impl ProgramUse {
    /// Counts a request; gives when the next minute begins if there were more than `most`.
    ///
    /// There are as many entries as tokens in use, so the table stays small.
    fn count(&self, token: ApiTokenId, now: Moment, most: u32) -> Result<(), Moment> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, n) = counts.entry(token).or_insert((now, 0));
        if now.since(*since) >= Duration::MINUTE {
            (*since, *n) = (now, 0);
        }
        *n = n.saturating_add(1);
        if *n > most {
            Err(*since + Duration::MINUTE)
        } else {
            Ok(())
        }
    }
}

impl Application {
    /// Counts a request of a program and refuses it when there were too many.
    pub(crate) fn count_request(&self, token: ApiTokenId) -> Result<(), ApplicationError> {
        let most = self.rules.attempts.program_per_minute;
        self.programs
            .count(token, self.now(), most)
            .map_err(|again_at| ApplicationError::TooManyAttempts { again_at })
    }

    /// Counts a wrong token of a program; apart from people's attempts, so that a program with an
    /// old token keeps nobody of the same network from logging in.
    pub(crate) async fn count_wrong_token(&self, network: Network) -> Result<(), ApplicationError> {
        let rules = self.rules.attempts;
        let subject = format!("program {}", data_text(network));
        self.count_of_network(&subject, rules.wrong_tokens).await
    }

    /// Counts something under a name of its own and refuses it when there was too much of it.
    pub(crate) async fn count_of_network(
        &self,
        subject: &str,
        most: u64,
    ) -> Result<(), ApplicationError> {
        let index = BlindIndex::of_column(&self.master, "login_throttle", "subject");
        let now = self.now();
        let window_start = now - self.rules.attempts.window;
        let transaction = self.store.begin().await?;
        let subject = index.of(subject);
        let n = store::throttle::count(&transaction, Counted::Network, &subject, now, window_start)
            .await?;
        transaction.commit().await?;
        if n > most {
            return Err(ApplicationError::TooManyAttempts {
                again_at: self.again_at(now),
            });
        }
        Ok(())
    }

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

    /// Forgets the attempts on an account that its owner has just logged in to; the one that
    /// succeeded does not count against the network either, where a whole office may sit.
    pub(crate) async fn forget_attempts(
        &self,
        transaction: &store::Transaction,
        attempt: &Attempt,
    ) -> Result<(), ApplicationError> {
        if let Some(account) = &attempt.account {
            store::throttle::clear(transaction, Counted::Account, account).await?;
        }
        store::throttle::take_back(transaction, Counted::Network, &attempt.network).await?;
        Ok(())
    }

    fn again_at(&self, now: Moment) -> Moment {
        now + self.rules.attempts.window
    }
}

pub(crate) fn data_text(network: Network) -> String {
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
