package io.assent.screen.partner;

import io.assent.partner.Partners;
import io.assent.partner.WishResult;
import io.assent.partner.provider.LoginWish;
import io.assent.server.Parties;
import io.assent.text.Texts;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.LoginActionsService;
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

    /**
     * Where a browser goes on that is not at the partner any more, where it was taken. Until it comes back, a login
     * takes no step behind it: the stock page of an expired step leads to that step, and so to itself.
     *
     * @param step of the login, as its pages' URLs name it
     */
    public static URI goingOn(AuthenticationSessionModel login, URI step) {
        return LoginWish.of(login).isPresent() && Journey.hasBegun(login)
                ? UriBuilder.fromUri(step)
                        .replacePath(step.resolve(LoginActionsService.AUTHENTICATE_PATH)
                                .getRawPath())
                        .replaceQueryParam(Constants.EXECUTION)
                        .build()
                : step;
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
