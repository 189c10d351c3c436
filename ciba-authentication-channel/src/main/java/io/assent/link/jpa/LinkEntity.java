package io.assent.link.jpa;

import io.assent.detail.Details;
import io.assent.link.Link;
import io.assent.link.Link.Claim;
import io.assent.link.Link.Proof;
import io.assent.link.Origin;
import io.assent.link.Wish;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a {@link Link}. Written once; after that only conditional updates touch it. */
@Entity
@Table(name = "CONSENT_LINK")
public class LinkEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "CLIENT_ID", length = 36, nullable = false)
    private String clientId;

    @Column(name = "BROWSER_HASH", length = 43, nullable = false)
    private String browserHash;

    @Column(name = "LOGIN", length = 43, nullable = false)
    private String login;

    @Column(name = "CUSTOMER_KNOWN", nullable = false)
    private boolean known;

    @Column(name = "USER_ID", length = 255)
    private String userId;

    @Column(name = "SCOPE", columnDefinition = "TEXT", nullable = false)
    private String scope;

    @Column(name = "DETAILS", columnDefinition = "TEXT")
    private String details;

    @Column(name = "ASKS_AGAIN", nullable = false)
    private boolean asksAgain;

    @Column(name = "ADDRESS", length = 64)
    private String address;

    @Column(name = "BROWSER", length = 10, nullable = false)
    private String browser;

    @Column(name = "OPERATING_SYSTEM", length = 10, nullable = false)
    private String system;

    @Column(name = "DOMAIN_NAME", length = Origin.MAX_DOMAIN)
    private String domain;

    @Column(name = "REQUEST_ID", length = 36)
    private String requestId;

    @Column(name = "CLAIMED_IN_SESSION", length = 255)
    private String claimedInSession;

    @Column(name = "CLAIMED_FROM", length = 64)
    private String claimedFrom;

    @Column(name = "CLAIMED_AT")
    private Long claimedAt;

    @Column(name = "PAGE", length = 2_000)
    private String page;

    @Column(name = "SHOWN_NUMBER", length = 2, nullable = false)
    private String number;

    @Column(name = "NUMBER_TRIES", nullable = false)
    private int numberTries;

    @Column(name = "DIGIT_TRIES", nullable = false)
    private int digitTries;

    @Column(name = "SALT", length = 22, nullable = false)
    private String salt;

    @Column(name = "SECRET_HASH", length = 43, nullable = false)
    private String secretHash;

    @Column(name = "FORMER_HASH", length = 43)
    private String formerHash;

    @Column(name = "WATCH_HASH", length = 43, nullable = false)
    private String watchHash;

    @Column(name = "APPROVED_AT")
    private Long approvedAt;

    @Column(name = "CODE_DEMANDED", nullable = false)
    private boolean codeDemanded;

    @Column(name = "DIGITS", length = 6)
    private String digits;

    @Column(name = "RETURN_SECRET", length = 22)
    private String returnSecret;

    @Column(name = "RETURN_HASH", length = 43)
    private String returnHash;

    @Column(name = "ENTERED_AT")
    private Long enteredAt;

    @Column(name = "RETURNED_AT")
    private Long returnedAt;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "RENEWED_AT", nullable = false)
    private long renewedAt;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    @Column(name = "DENIED_AT")
    private Long deniedAt;

    @Column(name = "SUSPECTED_AT")
    private Long suspectedAt;

    @Column(name = "USED_AT")
    private Long usedAt;

    protected LinkEntity() {}

    LinkEntity(Link link, String secretHash, String watchHash) {
        id = link.id();
        realmId = link.realmId();
        clientId = link.clientId();
        browserHash = link.browserHash();
        login = link.login();
        known = link.known();
        userId = link.userId();
        scope = link.wish().scope();
        details = link.wish().details().findJson().orElse(null);
        asksAgain = link.wish().asksAgain();
        address = link.origin().address();
        browser = link.origin().browser();
        system = link.origin().system();
        domain = link.origin().domain();
        page = link.page();
        number = link.number();
        salt = link.salt();
        this.secretHash = secretHash;
        this.watchHash = watchHash;
        createdAt = link.createdAt().toEpochMilli();
        renewedAt = link.renewedAt().toEpochMilli();
        expiresAt = link.expiresAt().toEpochMilli();
    }

    boolean isOf(String realm) {
        return realmId.equals(realm);
    }

    Link toLink() {
        return new Link(
                id,
                realmId,
                clientId,
                browserHash,
                login,
                known,
                userId,
                new Wish(scope, Details.parse(details), asksAgain),
                new Origin(address, browser, system, domain == null ? "" : domain),
                requestId,
                claimedAt == null ? null : new Claim(claimedInSession, claimedFrom, moment(claimedAt)),
                approvedAt == null
                        ? null
                        : new Proof(codeDemanded, digits, returnSecret, moment(enteredAt), moment(returnedAt)),
                page,
                number,
                numberTries,
                digitTries,
                salt,
                moment(createdAt),
                moment(renewedAt),
                moment(expiresAt),
                moment(deniedAt),
                moment(suspectedAt),
                moment(usedAt));
    }

    private static Instant moment(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
