package io.assent.detail.type;

/** Makes {@link RecurringPayment}. */
public final class RecurringPaymentFactory extends BuiltInFactory {

    public RecurringPaymentFactory() {
        super(RecurringPayment.NAME, new RecurringPayment());
    }
}
