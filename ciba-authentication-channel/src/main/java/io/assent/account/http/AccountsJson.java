package io.assent.account.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.account.Account;
import io.assent.account.AccountList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the bank's endpoint answers: {@code {"accounts": [{"id", "name", "kind", "maskedNumber", "currency"}]}}, of
 * which {@code id} and {@code name} have to be there. It is right as a whole, or not taken at all. Other fields are not
 * looked at.
 */
final class AccountsJson {

    /** What was read. */
    sealed interface Reading {

        record Read(List<Account> accounts) implements Reading {}

        /** @param what is wrong with it, without anything of it */
        record Flaw(String what) implements Reading {}
    }

    static Reading read(JsonNode answer) {
        JsonNode accounts = answer.path("accounts");
        if (!accounts.isArray()) {
            return new Reading.Flaw("the answer has no list 'accounts'");
        }
        if (accounts.size() > AccountList.MOST) {
            return new Reading.Flaw("there are more than " + AccountList.MOST + " accounts");
        }
        List<Account> read = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode item : accounts) {
            if (!isText(item, "id", true)
                    || !isText(item, "name", true)
                    || !isText(item, "kind", false)
                    || !isText(item, "maskedNumber", false)
                    || !isText(item, "currency", false)) {
                return new Reading.Flaw(
                        "accounts[%d] lacks an id or a name, or a field is no text of 1 to %d characters"
                                .formatted(read.size(), Account.MAX_LENGTH));
            }
            if (item.hasNonNull("currency") && !item.path("currency").asText().matches("[A-Z]{3}")) {
                return new Reading.Flaw("accounts[%d].currency is no code of ISO 4217".formatted(read.size()));
            }
            if (!ids.add(item.path("id").textValue())) {
                return new Reading.Flaw("accounts[%d].id was there before".formatted(read.size()));
            }
            read.add(new Account(
                    item.path("id").textValue(),
                    item.path("name").textValue(),
                    item.path("kind").textValue(),
                    item.path("maskedNumber").textValue(),
                    item.path("currency").textValue()));
        }
        return new Reading.Read(read);
    }

    private static boolean isText(JsonNode item, String field, boolean required) {
        JsonNode value = item.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return !required;
        }
        return value.isTextual()
                && !value.textValue().isBlank()
                && value.textValue().length() <= Account.MAX_LENGTH
                && value.textValue().codePoints().noneMatch(AccountsJson::isHidden);
    }

    /** What shows nothing itself and may change how the rest is shown. */
    private static boolean isHidden(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
    }

    private AccountsJson() {}
}
