package io.assent.detail.type;

/** Makes {@link AccountInformation}. */
public final class AccountInformationFactory extends BuiltInFactory {

    public AccountInformationFactory() {
        super(AccountInformation.NAME, new AccountInformation());
    }
}
