package io.assent.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What evidence proves, for a reader: one fact a line.
 *
 * @param key the key of the seal
 * @param compared whether it is known to be the realm's
 */
record Report(Document document, SealKey key, boolean compared) {

    /** @param signature what the signature proves, or that there is none */
    List<String> lines(List<String> signature) {
        List<String> lines = new ArrayList<>();
        lines.add("The evidence holds.");
        lines.add("Sealed        by the key " + key.thumbprint() + " (kid " + key.id() + ")");
        lines.add(
                compared
                        ? "              which is one of the keys that were given as the realm's"
                        : "              NOT COMPARED with the realm's keys: give them by --jwks");
        lines.add("              for " + text("/issuer") + ", at " + text("/exportedAt"));
        lines.add("Asked by      " + company());
        lines.add("              at " + text("/request/askedAt") + ", by " + text("/request/channel") + ", for "
                + permissions("/request/askedScopes"));
        details("/request/askedDetails", lines);
        document.text("/request/bindingMessage")
                .ifPresent(message -> lines.add("              binding message: " + message));
        lines.add("Customer      " + text("/request/customerId")
                + (document.customerRemoved() ? " (a pseudonym: removed since)" : ""));
        shown(lines);
        lines.add("Answer        " + text("/decision/decision") + ", at " + text("/decision/decidedAt") + ", granting "
                + permissions("/decision/grantedScopes"));
        details("/decision/grantedDetails", lines);
        lines.add("              login: acr " + text("/decision/acr") + ", at " + text("/decision/authTime") + ", from "
                + text("/decision/address"));
        lines.addAll(signature);
        lines.add("Consent       " + text("/consent/id") + ", " + text("/consent/status") + " when it was exported");
        document.at("/consent/history")
                .forEach(event -> lines.add("              %s: %s by %s"
                        .formatted(
                                event.path("at").asText(),
                                event.path("type").asText(),
                                event.path("by").asText())));
        int leftOut = document.at("/consent/leftOut").asInt();
        if (leftOut > 0) {
            lines.add("              LEFT OUT: " + leftOut
                    + " old answers, signed confirmations or lines, for which the file had no room");
        }
        return lines;
    }

    /**
     * The same of another answer, which changed the consent.
     *
     * @param signature what the signature proves, or that there is none
     */
    List<String> other(List<String> signature) {
        List<String> lines = new ArrayList<>();
        lines.add("Also granted  at " + text("/decision/decidedAt") + ", " + permissions("/decision/grantedScopes"));
        details("/decision/grantedDetails", lines);
        lines.add("              asked at " + text("/request/askedAt") + ", by " + text("/request/channel") + ", for "
                + permissions("/request/askedScopes"));
        shown(lines);
        lines.addAll(signature);
        return lines;
    }

    /**
     * The same of a yes again to the consent.
     *
     * @param signature what the signature proves
     */
    List<String> confirmation(List<String> signature) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Confirmed     at " + text("/decision/decidedAt") + ", for " + permissions("/decision/grantedScopes"));
        details("/decision/grantedDetails", lines);
        shown(lines);
        lines.addAll(signature);
        return lines;
    }

    private String company() {
        return text("/request/client/name") + " (" + text("/request/client/clientId") + ")"
                + document.text("/request/client/legalEntity")
                        .map(entity -> ", known to the bank as " + entity)
                        .orElse("");
    }

    private String permissions(String pointer) {
        return document.names(pointer).isEmpty() ? "no permission" : String.join(", ", document.names(pointer));
    }

    private void details(String pointer, List<String> lines) {
        document.at(pointer).forEach(detail -> lines.add("              " + detail));
    }

    private void shown(List<String> lines) {
        Optional<JsonNode> words = document.find("/shown");
        if (words.isEmpty()) {
            lines.add("Shown         was not kept");
            return;
        }
        String asker = words.get().at("/client/clientId").asText();
        boolean another = document.text("/request/client/clientId")
                .filter(asked -> !asked.equals(asker))
                .isPresent();
        lines.add("Shown         in " + words.get().path("language").asText() + ", asked by "
                + words.get().at("/client/name").asText());
        if (another) {
            lines.add("              NOT THE CLIENT that asked by the bank's record: it was shown as " + asker);
        }
        words.get().path("groups").forEach(group -> {
            lines.add("              " + group.path("title").asText());
            group.path("permissions")
                    .forEach(permission -> lines.add("                %s: %s (%s)"
                            .formatted(
                                    permission.path("scope").asText(),
                                    permission.path("title").asText(),
                                    permission.path("detail").asText())));
        });
        document.at("/shownContent/details").forEach(detail -> detail.path("rows")
                .forEach(row -> lines.add("              %s: %s"
                        .formatted(row.path("label").asText(), row.path("value").asText()))));
        document.text("/contentHash").ifPresent(hash -> lines.add("              content hash " + hash));
    }

    private String text(String pointer) {
        return document.text(pointer).orElse("unknown");
    }
}
