package io.assent.screen.partner;

import io.assent.partner.Partners;
import io.assent.partner.WishResult;
import io.assent.partner.provider.LoginWish;
import io.assent.server.Parties;
import io.assent.text.Texts;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Asks a customer who answers a client that is also a partner what the bank may see there. */
public final class OtherWay {

    private final KeycloakSession session;
    private final AuthenticationSessionModel login;
    private final Texts texts;

    /** @param texts in the customer's language */
    public OtherWay(KeycloakSession session, AuthenticationSessionModel login, Texts texts) {
        this.session = session;
        this.login = login;
        this.texts = texts;
    }

    /** What the page shows; empty where the customer can choose nothing. */
    public Optional<PartnerQuestion> question(Set<String> chosen) {
        return Partners.of(session).offer(parties(), texts).map(offer -> PartnerQuestion.of(offer, chosen));
    }

    /** The login goes on to the partner with what the customer ticked; with anything else it does not. */
    public void choose(Set<String> chosen) {
        if (Partners.of(session).want(parties(), chosen, texts) instanceof WishResult.Wanted wanted) {
            LoginWish.of(wanted.access()).keepIn(login);
            login.addRequiredAction(ConnectPartnerActionFactory.PROVIDER_ID);
        }
    }

    private Parties parties() {
        return Parties.of(login.getRealm(), login.getClient(), login.getAuthenticatedUser());
    }
}
