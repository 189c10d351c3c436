package io.assent.claim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which evidence of a verification a permission tells (OpenID Identity Assurance Schema Definition 1.0, section 5.4.4):
 * what is listed, since discovery has to list what is told.
 *
 * @param types of the evidence; those of which documents or records are listed, too, only with a list of these
 * @param documents types of documents
 * @param records types of electronic records
 * @param checkMethods how evidence was checked; a check by another method is not told
 */
public record CarriedEvidence(Set<String> types, Set<String> documents, Set<String> records, Set<String> checkMethods) {

    public static final CarriedEvidence NONE = new CarriedEvidence(Set.of(), Set.of(), Set.of(), Set.of());

    /** Before types were listed the mapper had a switch in their place, which stands for any of them. */
    private static final String ON = "true";

    private static final String OFF = "false";

    private static final String DOCUMENT = "document";
    private static final String RECORD = "electronic_record";
    private static final String CHECKS = "check_details";

    public CarriedEvidence {
        Set<String> listed = new LinkedHashSet<>(types);
        listed.remove(OFF);
        if (documents.isEmpty()) {
            listed.remove(DOCUMENT);
        }
        if (records.isEmpty()) {
            listed.remove(RECORD);
        }
        types = Set.copyOf(listed);
    }

    /** The types that discovery lists: none by the switch, which does not name them. */
    public Set<String> listed() {
        return isOfAnyType() ? Set.of() : types;
    }

    public Set<String> listedDocuments() {
        return listed().contains(DOCUMENT) ? documents : Set.of();
    }

    public Set<String> listedRecords() {
        return listed().contains(RECORD) ? records : Set.of();
    }

    public Set<String> listedCheckMethods() {
        return listed().isEmpty() ? Set.of() : checkMethods;
    }

    private boolean isOfAnyType() {
        return types.contains(ON);
    }

    /** What of the evidence can be told; empty where there is nothing. */
    Optional<ArrayNode> told(JsonNode evidence) {
        ArrayNode told = JsonNodeFactory.instance.arrayNode();
        evidence.forEach(one -> {
            if (one instanceof ObjectNode item && isTold(item)) {
                told.add(isOfAnyType() ? item : withListedChecks(item));
            }
        });
        return told.isEmpty() ? Optional.empty() : Optional.of(told);
    }

    private boolean isTold(ObjectNode item) {
        String type = item.path("type").asText();
        return !type.isEmpty()
                && (isOfAnyType()
                        || types.contains(type)
                                && (!type.equals(DOCUMENT) || isListed(item.path("document_details"), documents))
                                && (!type.equals(RECORD) || isListed(item.path("record"), records)));
    }

    private static boolean isListed(JsonNode details, Set<String> types) {
        return details.isMissingNode() || types.contains(details.path("type").asText());
    }

    private ObjectNode withListedChecks(ObjectNode item) {
        ArrayNode checks = JsonNodeFactory.instance.arrayNode();
        item.path(CHECKS).forEach(check -> {
            if (checkMethods.contains(check.path("check_method").asText())) {
                checks.add(check);
            }
        });
        ObjectNode told = item.deepCopy();
        told.remove(CHECKS);
        return checks.isEmpty() ? told : told.set(CHECKS, checks);
    }
}
