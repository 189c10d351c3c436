package io.assent.screen;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.account.Account;
import io.assent.account.AccountList;
import io.assent.detail.Details;
import io.assent.passkey.PasskeyAssertion;
import io.assent.screen.link.FormFields;
import io.assent.server.CanonicalJson;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.keycloak.http.HttpRequest;

/**
 * The consent screen's form as a browser sent it.
 *
 * @param chosen the permissions that were ticked; none where the form can't be read
 * @param accounts the ids of the accounts that were chosen, by the place of their detail; none where the form can't be
 *     read
 * @param partner what was ticked of the other way round; none where the form can't be read
 * @param assertion by which the customer's passkey signed it
 */
record SubmittedForm(
        Answer answer,
        Set<String> chosen,
        Map<Integer, Set<String>> accounts,
        Set<String> partner,
        Optional<PasskeyAssertion> assertion) {

    /** The most permissions that a form can have ticked, as many as the app can select. */
    static final int MAX_CHOSEN = 200;

    /** The longest name of a permission, as long as a client scope's. */
    static final int MAX_NAME_LENGTH = 255;

    private static final PasskeyAssertion NOT_SIGNED = new PasskeyAssertion("", "", "", "");

    /** No form was sent: nothing is chosen. */
    static final SubmittedForm UNREADABLE =
            new SubmittedForm(Answer.UNREADABLE, Set.of(), Map.of(), Set.of(), Optional.empty());

    /** The form's fields. */
    private static final String DECISION = "decision";

    private static final String PERMISSION = "permission";

    private static final String PARTNER = "partner";

    private static final String CREDENTIAL_ID = "passkey-credential";

    private static final String CLIENT_DATA = "passkey-client-data";

    private static final String AUTHENTICATOR_DATA = "passkey-authenticator-data";

    private static final String SIGNATURE = "passkey-signature";

    enum Answer {
        APPROVE,
        DENY,
        /** No answer: the page is to be shown again, as the accounts could not be read. */
        AGAIN,
        /** No answer: the customer goes on in the app. */
        APP,
        /** None or several, or more than the screen can have offered. */
        UNREADABLE
    }

    static SubmittedForm of(HttpRequest request) {
        return FormFields.areReadable(request) ? of(FormFields.of(request)) : UNREADABLE;
    }

    static SubmittedForm of(Map<String, List<String>> fields) {
        List<String> chosen = fields.getOrDefault(PERMISSION, List.of());
        List<String> partner = fields.getOrDefault(PARTNER, List.of());
        if (isTooMuch(chosen, MAX_CHOSEN, MAX_NAME_LENGTH) || isTooMuch(partner, MAX_CHOSEN, MAX_NAME_LENGTH)) {
            return UNREADABLE;
        }
        Map<Integer, Set<String>> accounts = new LinkedHashMap<>();
        for (int place = 0; place < Details.MOST; place++) {
            List<String> ids = fields.getOrDefault(AccountQuestion.field(place), List.of());
            if (isTooMuch(ids, AccountList.MOST, Account.MAX_LENGTH)) {
                return UNREADABLE;
            }
            Set<String> ofDetail = new LinkedHashSet<>(ids);
            // the choice that leaves it to the bank
            ofDetail.remove("");
            accounts.put(place, ofDetail);
        }
        for (String part : List.of(CREDENTIAL_ID, CLIENT_DATA, AUTHENTICATOR_DATA, SIGNATURE)) {
            if (isTooMuch(fields.getOrDefault(part, List.of()), 1, PasskeyAssertion.MAX_LENGTH)) {
                return UNREADABLE;
            }
        }
        return new SubmittedForm(
                answer(fields.getOrDefault(DECISION, List.of())),
                new LinkedHashSet<>(chosen),
                accounts,
                new LinkedHashSet<>(partner),
                assertion(part -> String.join("", fields.getOrDefault(part, List.of()))));
    }

    private static Optional<PasskeyAssertion> assertion(UnaryOperator<String> field) {
        PasskeyAssertion assertion = new PasskeyAssertion(
                field.apply(CREDENTIAL_ID),
                field.apply(CLIENT_DATA),
                field.apply(AUTHENTICATOR_DATA),
                field.apply(SIGNATURE));
        return Optional.of(assertion).filter(sent -> !sent.equals(NOT_SIGNED));
    }

    /**
     * What the passkey has to have signed: a JSON object in canonical form (RFC 8785) with {@code accounts}, the ids of
     * those that are chosen by the place of their detail; {@code chl}, the request's challenge; {@code dsp}, the hash
     * of what the page shows; and {@code permissions}, those that are ticked. Lists are sorted. The page's script makes
     * the same text.
     */
    String covered(String challenge, String contentHash) {
        ObjectNode covered =
                JsonNodeFactory.instance.objectNode().put("chl", challenge).put("dsp", contentHash);
        ObjectNode byPlace = covered.putObject("accounts");
        accounts.forEach((place, ids) -> {
            if (!ids.isEmpty()) {
                ids.stream().sorted().forEach(byPlace.putArray(String.valueOf(place))::add);
            }
        });
        chosen.stream().sorted().forEach(covered.putArray("permissions")::add);
        return CanonicalJson.of(covered);
    }

    private static Answer answer(List<String> decision) {
        return switch (String.join("&", decision)) {
            case "approve" -> Answer.APPROVE;
            case "deny" -> Answer.DENY;
            case "again" -> Answer.AGAIN;
            case "app" -> Answer.APP;
            default -> Answer.UNREADABLE;
        };
    }

    private static boolean isTooMuch(List<String> values, int most, int longest) {
        return values.size() > most || values.stream().anyMatch(value -> value.length() > longest);
    }
}
