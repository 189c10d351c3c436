package io.assent.rest.tpp;

import java.util.List;

/** What of Grant Management for OAuth 2.0 (draft 03) there is here. */
final class GrantManagement {

    /** The scope of an access token that reads grants (section 6.1). */
    static final String QUERY_SCOPE = "grant_management_query";

    /** The scope of an access token that revokes grants (section 6.1). */
    static final String REVOKE_SCOPE = "grant_management_revoke";

    /** What discovery says (section 7.1). */
    static final List<String> ACTIONS = List.of("query", "revoke", "create", "merge", "replace");

    private GrantManagement() {}
}
