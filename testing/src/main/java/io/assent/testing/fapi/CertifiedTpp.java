package io.assent.testing.fapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Authority;
import io.assent.testing.http.ClientCertificate;
import io.assent.testing.http.Http;
import java.util.LinkedHashMap;
import java.util.Map;

/** A third party whose tokens are bound to the certificate that it shows (RFC 8705, section 3). */
public final class CertifiedTpp {

    private static final String TOKEN = "/protocol/openid-connect/token";

    private final FapiTpp tpp;
    private final ClientCertificate certificate;
    private final Known known;

    private CertifiedTpp(FapiTpp tpp, ClientCertificate certificate, Known known) {
        this.tpp = tpp;
        this.certificate = certificate;
        this.known = known;
    }

    /** One that is not registered yet, with a certificate that names it. */
    public static CertifiedTpp unregistered(Realm realm, Known known) {
        FapiTpp tpp = FapiTpp.unregistered(realm, JoseKey.Algorithm.PS256);
        return new CertifiedTpp(tpp, Authority.shared().certify("CN=" + tpp.clientId()), known);
    }

    /** The same where it shows what is another's. */
    public CertifiedTpp showing(ClientCertificate another) {
        return new CertifiedTpp(tpp, another, known);
    }

    public String clientId() {
        return tpp.clientId();
    }

    public ClientCertificate certificate() {
        return certificate;
    }

    /** Like {@link FapiTpp#registration}. */
    public ObjectNode registration(String... scopes) {
        ObjectNode client = tpp.registration(scopes);
        if (known == Known.BY_CERTIFICATE) {
            client.put("clientAuthenticatorType", "client-x509")
                    .withObjectProperty("attributes")
                    .put("x509.subjectdn", "CN=" + clientId())
                    .put("x509.casubjectdn", Authority.SUBJECT)
                    .put("x509.allow.regex.pattern.comparison", "false");
        }
        return client;
    }

    public Answer ask(Customer customer, String... scopes) {
        return post(
                "/protocol/openid-connect/ext/ciba/auth",
                Map.of("request", tpp.key().sign(tpp.claims(customer, scopes))));
    }

    public Answer poll(String authReqId) {
        return post(TOKEN, FapiTpp.polling(authReqId));
    }

    public Answer pollWithoutCertificate(String authReqId) {
        return tpp.pollWithoutProof(authReqId);
    }

    public Answer refresh(Tokens tokens) {
        return post(TOKEN, Map.of("grant_type", "refresh_token", "refresh_token", tokens.refreshToken()));
    }

    public Answer userinfo(Tokens tokens) {
        return certificate.send(Http.request(tpp.realm().uri("/protocol/openid-connect/userinfo"))
                .header("Authorization", "Bearer " + tokens.accessToken()));
    }

    private Answer post(String path, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(known == Known.BY_CERTIFICATE ? Map.of("client_id", clientId()) : tpp.authentication());
        return certificate.send(Http.form(tpp.realm().uri(path), all));
    }

    /** How the server knows who calls. */
    public enum Known {
        BY_CERTIFICATE,
        BY_ASSERTION
    }
}
