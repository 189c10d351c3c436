package io.assent.screen;

import io.assent.account.Account;
import io.assent.account.AccountList;
import io.assent.detail.Details;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.http.HttpRequest;

/**
 * The consent screen's form as a browser sent it.
 *
 * @param chosen the permissions that were ticked; none where the form can't be read
 * @param accounts the ids of the accounts that were chosen, by the place of their detail; none where the form can't be
 *     read
 */
record SubmittedForm(Answer answer, Set<String> chosen, Map<Integer, Set<String>> accounts) {

    /** The most permissions that a form can have ticked, as many as the app can select. */
    static final int MAX_CHOSEN = 200;

    /** The longest name of a permission, as long as a client scope's. */
    static final int MAX_NAME_LENGTH = 255;

    /** No form was sent: nothing is chosen. */
    static final SubmittedForm UNREADABLE = new SubmittedForm(Answer.UNREADABLE, Set.of(), Map.of());

    /** The form's fields. */
    private static final String DECISION = "decision";

    private static final String PERMISSION = "permission";

    private static final String CONTENT_TYPE = MediaType.APPLICATION_FORM_URLENCODED;

    enum Answer {
        APPROVE,
        DENY,
        /** No answer: the page is to be shown again, as the accounts could not be read. */
        AGAIN,
        /** None or several, or more than the screen can have offered. */
        UNREADABLE
    }

    /** Reads a form as the screen's own is sent; the server fails over a file that comes with one in parts. */
    static SubmittedForm of(HttpRequest request) {
        return isReadable(request) ? of(request.getDecodedFormParameters()) : UNREADABLE;
    }

    /** Whether the server can read a form without failing over it. */
    static boolean isReadable(HttpRequest request) {
        String type = request.getHttpHeaders().getHeaderString(HttpHeaders.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, CONTENT_TYPE, 0, CONTENT_TYPE.length());
    }

    static SubmittedForm of(Map<String, List<String>> fields) {
        List<String> chosen = fields.getOrDefault(PERMISSION, List.of());
        if (isTooMuch(chosen, MAX_CHOSEN, MAX_NAME_LENGTH)) {
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
        return new SubmittedForm(
                answer(fields.getOrDefault(DECISION, List.of())), new LinkedHashSet<>(chosen), accounts);
    }

    private static Answer answer(List<String> decision) {
        return switch (String.join("&", decision)) {
            case "approve" -> Answer.APPROVE;
            case "deny" -> Answer.DENY;
            case "again" -> Answer.AGAIN;
            default -> Answer.UNREADABLE;
        };
    }

    private static boolean isTooMuch(List<String> values, int most, int longest) {
        return values.size() > most || values.stream().anyMatch(value -> value.length() > longest);
    }
}
