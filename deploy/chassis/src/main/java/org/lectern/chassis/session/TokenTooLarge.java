package org.lectern.chassis.session;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The access token does not fit into a cookie, usually because it lists too many scopes. */
final class TokenTooLarge extends Refusal {

    TokenTooLarge() {
        super(403, "token-too-large", List.of(), TokenCookie.LARGEST_TOKEN);
    }
}
