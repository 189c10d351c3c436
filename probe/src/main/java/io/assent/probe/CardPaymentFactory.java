package io.assent.probe;

import io.assent.detail.ConsentDetailType;
import io.assent.detail.ConsentDetailTypeFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link CardPayment}. */
public final class CardPaymentFactory implements ConsentDetailTypeFactory {

    private final CardPayment type = new CardPayment();

    @Override
    public ConsentDetailType create(KeycloakSession session) {
        return type;
    }

    @Override
    public String getId() {
        return CardPayment.NAME;
    }
}
