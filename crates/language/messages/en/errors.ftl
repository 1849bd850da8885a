### status: draft

error-400-title = This address is not right
error-400-text = There is something in the address that we do not understand. Go back and try again.
error-403-title = This is not allowed
error-403-text = You may not open this page. Did you come from another website? Then start again.
error-404-title = We cannot find this page
error-404-text = Maybe there is a mistake in the address. Or the page is gone.
error-405-title = This is not possible here
error-405-text = Go back and try again.
error-409-title = Somebody was before you
error-409-text = Somebody else has just changed this. Nothing was overwritten. Go back and look again.
error-413-title = This is too big
error-413-text = You sent too much text. Make it shorter and try again.
error-429-title = You tried too often
error-429-text = Wait a few minutes and try again.
error-500-title = Something went wrong on our side
error-500-text = It is not your fault. Try again later.
error-503-title = Not available for a moment
error-503-text = It is busy or we are working on the website. Try again in a few minutes.
error-number = Number of this error: { $id }
error-home = To the first page
assets-missing = The style of this website has not been built.
assets-command = The administrator builds it with: { $command }
