package io.assent.detail.type;

/** Makes {@link PaymentInitiation}. */
public final class PaymentInitiationFactory extends BuiltInFactory {

    public PaymentInitiationFactory() {
        super(PaymentInitiation.NAME, new PaymentInitiation());
    }
}
