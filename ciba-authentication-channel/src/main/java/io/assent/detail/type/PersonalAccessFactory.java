package io.assent.detail.type;

/** Makes {@link PersonalAccess}. */
public final class PersonalAccessFactory extends BuiltInFactory {

    /** The name of the type. */
    public static final String TYPE = "personal_access";

    public PersonalAccessFactory() {
        super(TYPE, new PersonalAccess());
    }
}
