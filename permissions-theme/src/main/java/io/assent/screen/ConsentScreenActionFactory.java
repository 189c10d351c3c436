package io.assent.screen;

import io.assent.authority.Authority;
import io.assent.permission.ConsentSettings;
import io.assent.permission.ConsentSettings.Granularity;
import io.assent.permission.PermissionCatalogue;
import io.assent.personal.PersonalClient;
import io.assent.phoneapp.PhoneApps;
import io.assent.request.ConsentRequests;
import io.assent.screen.link.ContinueInApp;
import java.util.Arrays;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/**
 * Wires {@link ConsentScreenAction}, and is where the admin edits the {@link ConsentSettings}: in the console,
 * <i>Authentication</i>, <i>Required actions</i>, <i>Consent permissions</i>.
 */
public final class ConsentScreenActionFactory implements RequiredActionFactory {

    private static final List<ProviderConfigProperty> SETTINGS = ProviderConfigurationBuilder.create()
            .property()
            .name(ConsentSettings.GRANULARITY)
            .label("Customers may grant a part")
            .helpText("For which clients customers may grant a part of the permissions that a client asks for. "
                    + "all-or-nothing: for none, customers grant everything or deny. "
                    + "named-clients: for the clients named below. all-clients: for every client. "
                    + "A permission that is assigned to a client as Default can never be deselected.")
            .type(ProviderConfigProperty.LIST_TYPE)
            .options(Arrays.stream(Granularity.values()).map(Granularity::value).toList())
            .defaultValue(Granularity.ALL_OR_NOTHING.value())
            .add()
            .property()
            .name(ConsentSettings.SELECTABLE_CLIENTS)
            .label("Named clients")
            .helpText("Client IDs, used with named-clients only.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .property()
            .name(ConsentSettings.ASK_AGAIN)
            .label("Ask again")
            .helpText("Whether the consent screen asks at each login also for what the customer granted the client "
                    + "before. Off: it asks for what is new and shows the rest as granted already.")
            .type(ProviderConfigProperty.BOOLEAN_TYPE)
            .defaultValue(false)
            .add()
            .property()
            .name(ConsentSettings.OWN_CLIENTS)
            .label("The bank's own clients")
            .helpText("Client IDs. No customer is asked for the permissions of these clients, as long as 'Consent "
                    + "required' is off for them, and their service accounts may have permissions. Any other client "
                    + "gets no permission without a customer's yes, whatever it is set to.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .property()
            .name(ConsentSettings.ONE_TIME)
            .label("One-time permissions")
            .helpText("Names of client scopes. The customer is asked for them each time, and each yes is good for one "
                    + "token, without a refresh token. So are client scopes that are set to be always displayed on the "
                    + "consent screen.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .property()
            .name(ConsentSettings.RESERVED_NAMES)
            .label("Reserved names")
            .helpText("Names and brands of the bank, beside the realm's display name. A client whose name has one of "
                    + "them in it, however it is written, is shown to customers by its legal entity or client ID.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .property()
            .name(ConsentSettings.LOGIN_HINTS)
            .label("Customers are named by")
            .helpText(
                    "Names of user attributes by which a client's login_hint finds a customer, in their order, such as "
                            + "username, email, phoneNumber. Where two customers have the same value, neither is found. Name no "
                            + "attribute that customers set themselves and nobody checks. None: username, then email.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .property()
            .name(ConsentSettings.CONCEALS_CUSTOMERS)
            .label("Do not tell who is a customer")
            .helpText(
                    "On: a client that asks for somebody whom the bank does not know, or who is locked out, waits for "
                            + "an answer until its request expires. Off: it is told unknown_user_id at once.")
            .type(ProviderConfigProperty.BOOLEAN_TYPE)
            .defaultValue(false)
            .add()
            .property()
            .name(ConsentSettings.ACCOUNT_SOURCE)
            .label("Account source")
            .helpText("The id of the provider that knows the customers' accounts, such as http. Customers choose among "
                    + "these accounts where a client asks for some. None: nobody chooses an account, and what needs one "
                    + "is refused.")
            .type(ProviderConfigProperty.STRING_TYPE)
            .add()
            .property()
            .name(ContinueInApp.SETTING)
            .label("Continue in the app")
            .helpText("Which customers are offered to answer in the bank's app in place of the consent screen. "
                    + "with-device: those with a registered device. always: all of them. never: nobody.")
            .type(ProviderConfigProperty.LIST_TYPE)
            .options(ContinueInApp.spellings())
            .defaultValue(ContinueInApp.WITH_DEVICE.value())
            .add()
            .property()
            .name(PersonalClient.SETTING)
            .label("Client for personal access")
            .helpText("The Client ID of the client by which customers get a token for themselves, to read their own "
                    + "data, on the page /realms/{realm}/consent/personal-access. None: nobody can.")
            .type(ProviderConfigProperty.STRING_TYPE)
            .add()
            .property()
            .name(PhoneApps.ANDROID)
            .label("Android apps")
            .helpText(
                    "The bank's apps that open this realm's links, as package=fingerprint, with the SHA-256 fingerprint "
                            + "of the certificate that signs the app; one line for each certificate. Phones read them at the root "
                            + "of this host's name, where your proxy serves "
                            + "/realms/{realm}/consent/.well-known/assetlinks.json.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .property()
            .name(PhoneApps.IOS)
            .label("iOS apps")
            .helpText("The bank's apps that open this realm's links, by app ID, such as ABCDE12345.com.example.bank. "
                    + "Phones read them at the root of this host's name, where your proxy serves "
                    + "/realms/{realm}/consent/.well-known/apple-app-site-association.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .build();

    @Override
    public String getId() {
        return ConsentSettings.PROVIDER_ID;
    }

    @Override
    public String getDisplayText() {
        return "Consent permissions";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return SETTINGS;
    }

    @Override
    public void validateConfig(KeycloakSession session, RealmModel realm, RequiredActionConfigModel config) {
        String granularity = config.getConfigValue(ConsentSettings.GRANULARITY, Granularity.ALL_OR_NOTHING.value());
        if (Granularity.of(granularity).isEmpty()) {
            throw refused(
                    ConsentSettings.GRANULARITY,
                    "The granularity must be one of all-or-nothing, named-clients, all-clients");
        }
        String continueInApp = config.getConfigValue(ContinueInApp.SETTING, ContinueInApp.WITH_DEVICE.value());
        if (ContinueInApp.of(continueInApp).isEmpty()) {
            throw refused(ContinueInApp.SETTING, "To continue in the app must be one of with-device, always, never");
        }
        PhoneApps.flawOfAndroid(config.getConfigValue(PhoneApps.ANDROID, "")).ifPresent(flaw -> {
            throw refused(PhoneApps.ANDROID, flaw);
        });
        PhoneApps.flawOfIos(config.getConfigValue(PhoneApps.IOS, "")).ifPresent(flaw -> {
            throw refused(PhoneApps.IOS, flaw);
        });
    }

    /** @param flaw without a colon, at which the console would cut the message */
    private ValidationException refused(String setting, String flaw) {
        return new ValidationException(new ValidationError(getId(), setting, flaw));
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new ConsentScreenAction(
                session, ConsentRequests.of(session), new PermissionCatalogue(session), Authority.of(session));
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
