package io.assent.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.assent.server.CanonicalJson;
import io.assent.server.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** Evidence as a server makes it, and as nobody should. */
final class Made {

    static final String ISSUER = "https://login.bank.example/realms/bank";
    static final String SITE = "bank.example";
    static final String CUSTOMER = "2f1b6a86-3c0b-4a52-9f2f-0f3b1d3e9a10";
    static final String DEVICE = "0e8a4c1c-6f1c-4f0e-9d0b-2b7a1f6f7a11";
    static final String AMENDMENT = "1d2c9a40-7a55-4f7e-9c51-6e1f0b7a2c33";
    static final String CHALLENGE = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";

    static final RSAKey REALM = realm();
    static final ECKey REALM_EC = ec("realm-ec");
    static final ECKey PHONE = ec(null);
    static final KeyPair PASSKEY = pair("EC", 256);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static RSAKey realm() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID("realm-key")
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static KeyPair pair(String kind, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (size > 0) {
                generator.initialize(size);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A payment that was approved, with what was shown and no signature, not sealed. */
    static ObjectNode payment() {
        return payment("payments");
    }

    /** @param shown the permissions in the words */
    private static ObjectNode payment(String... shown) {
        ObjectNode json = object("""
                {'format':'assent-evidence/1','issuer':'%s','realm':'bank','exportedAt':'2026-11-27T10:00:00Z',
                'request':{'id':'6f1c8d3e-2c67-4a55-8f0a-4f8f5c1a9b21','customerId':'%s','customerRemoved':false,
                  'client':{'id':'9a1d7c52-77f1-4a6e-8f5e-4f5f9d4f2b33','clientId':'orbit-pisp','name':'Orbit Pay','legalEntity':'Orbit AG'},
                  'channel':'ciba','askedAt':'2026-11-22T09:00:00.250Z','expiresAt':'2026-11-22T09:05:00.250Z',
                  'askedScopes':['payments'],'askedDetails':[],'bindingMessage':'W4SCT','challenge':'%s'},
                'decision':{'decision':'approve','decidedAt':'2026-11-22T09:00:41.207Z','grantedScopes':['payments'],'grantedDetails':[],
                  'deviceId':'%s','appClientId':'5b0e2d7a-1f53-4d0c-8c1f-9a8b7c6d5e4f','sessionId':'c1d2e3f4','acr':'1',
                  'authTime':'2026-11-22T08:59:12Z','address':'203.0.113.7'},
                'shown':{'language':'de','client':{'clientId':'orbit-pisp','name':'Orbit Pay','legalEntity':'Orbit AG'},
                  'groups':[{'title':'Zahlungen','summary':'Überweisen','permissions':[]}]},
                'shownContent':null,'contentHash':null,'signature':null,
                'consent':{'id':'b3d0a0f4-9d0c-4b0e-a6a5-53b1f0f1c7d2','status':'consumed','grantedAt':'2026-11-22T09:00:44.118Z',
                  'history':[{'type':'granted','by':'customer','at':'2026-11-22T09:00:44.118Z','grantedScopes':['payments']}]}}""".formatted(ISSUER, CUSTOMER, CHALLENGE, DEVICE));
        for (String name : shown) {
            ((ArrayNode) json.at("/shown/groups/0/permissions"))
                    .add(object("{'title':'Zahlung','detail':'Einmal','required':true}")
                            .put("scope", name));
        }
        ObjectNode asked = object(
                "{'type':'payment_initiation','instructedAmount':{'amount':'12.50','currency':'EUR'},'creditorName':'Grüne Gärten'}");
        ObjectNode granted = asked.deepCopy();
        granted.putObject("debtorAccount").put("id", "acc-1");
        ((ArrayNode) json.at("/request/askedDetails")).add(asked);
        ((ArrayNode) json.at("/decision/grantedDetails")).add(granted);
        ObjectNode content = object(
                "{'bindingMessage':'W4SCT','details':[{'rows':[{'label':'Betrag','value':'12,50 €','emphasis':3}]}]}");
        ((ObjectNode) content.at("/details/0")).set("detail", asked);
        content.put("text", Sha256.of(CanonicalJson.of(json.get("shown"))));
        json.set("shownContent", content);
        json.put("contentHash", Sha256.base64Url(CanonicalJson.of(content)));
        return json;
    }

    /** With the signature of the phone. */
    static ObjectNode signedByPhone() {
        return signedByPhone(claims -> {});
    }

    static ObjectNode signedByPhone(Consumer<ObjectNode> change) {
        return signedByPhone(payment(), change);
    }

    private static ObjectNode signedByPhone(ObjectNode json, Consumer<ObjectNode> change) {
        ObjectNode claims = object("""
                {'iss':'%s','aud':'%s','sub':'%s','iat':1795338040,'exp':1795338160,'req':'6f1c8d3e-2c67-4a55-8f0a-4f8f5c1a9b21',
                'dec':'approve','amr':['face','hwk'],'grt':{'scopes':['payments']}}""".formatted(DEVICE, ISSUER, CUSTOMER));
        claims.put("dsp", json.get("contentHash").textValue()).put("chl", CHALLENGE);
        ((ObjectNode) claims.get("grt"))
                .put("details_hash", Sha256.base64Url(CanonicalJson.of(json.at("/decision/grantedDetails"))));
        change.accept(claims);
        json.set("signature", byPhone(claims));
        return json;
    }

    private static ObjectNode byPhone(ObjectNode claims) {
        ObjectNode signature = object("{'kind':'jws'}").put("jws", jws(claims.toString()));
        ECKey key = PHONE.toPublicJWK();
        signature
                .putObject("jwk")
                .put("crv", "P-256")
                .put("kty", "EC")
                .put("x", key.getX().toString())
                .put("y", key.getY().toString());
        return signature;
    }

    private static String jws(String claims) {
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .type(new JOSEObjectType("consent-decision+jwt"))
                    .keyID(PHONE.computeThumbprint().toString())
                    .build();
            JWSObject jws = new JWSObject(header, new Payload(claims));
            jws.sign(new ECDSASigner(PHONE));
            return jws.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** With a yes to what the bank asked for besides, which the phone signed. */
    static ObjectNode amendedByPhone() {
        return amendedByPhone("terms");
    }

    /** @param asked of which the terms are granted */
    static ObjectNode amendedByPhone(String... asked) {
        ObjectNode json = payment();
        ObjectNode line = object(
                "{'type':'granted','by':'customer','at':'2026-11-22T09:00:41.507Z','grantedScopes':['payments','terms'],'signed':null}");
        ((ArrayNode) json.at("/consent/history")).add(line);
        ObjectNode answer = line.putObject("answer");
        ObjectNode signed = signedByPhone(payment(asked), claims -> ((ObjectNode)
                        claims.put("req", AMENDMENT).get("grt"))
                .putArray("scopes")
                .add("terms"));
        for (String part : List.of("request", "decision", "shown", "shownContent", "contentHash", "signature")) {
            answer.set(part, signed.get(part));
        }
        ArrayNode names = ((ObjectNode) answer.get("request"))
                .put("id", AMENDMENT)
                .put("channel", "amendment")
                .putArray("askedScopes");
        List.of(asked).forEach(names::add);
        ((ObjectNode) answer.get("decision")).putArray("grantedScopes").add("terms");
        return json;
    }

    /** With a yes again to the consent five days later, which the phone signed. */
    static ObjectNode confirmedByPhone() {
        return confirmedByPhone(claims -> {});
    }

    static ObjectNode confirmedByPhone(Consumer<ObjectNode> change) {
        ObjectNode json = payment();
        ObjectNode signed = confirm(json);
        ObjectNode claims = object("""
                {'iss':'%s','aud':'%s','sub':'%s','iat':1795770040,'exp':1795770160,'req':'b3d0a0f4-9d0c-4b0e-a6a5-53b1f0f1c7d2',
                'dec':'confirm','amr':['face'],'grt':{'scopes':['payments']}}""".formatted(DEVICE, ISSUER, CUSTOMER));
        claims.put("dsp", signed.get("contentHash").textValue()).put("chl", CHALLENGE);
        ((ObjectNode) claims.get("grt"))
                .put("details_hash", Sha256.base64Url(CanonicalJson.of(json.at("/decision/grantedDetails"))));
        change.accept(claims);
        signed.set("signature", byPhone(claims));
        return json;
    }

    /** With a yes again by a passkey. */
    static ObjectNode confirmedByPasskey(Consumer<ObjectNode> covered) {
        ObjectNode json = payment();
        ObjectNode signed = confirm(json);
        ObjectNode covers = object("{'confirm':'b3d0a0f4-9d0c-4b0e-a6a5-53b1f0f1c7d2','permissions':['payments']}")
                .put("chl", CHALLENGE)
                .put("dsp", signed.get("contentHash").textValue());
        covered.accept(covers);
        signed.set("signature", byPasskey(SITE, PASSKEY, "SHA256withECDSA", 0x05, client -> {}, covers));
        return json;
    }

    /** What was signed, without what signed it. */
    private static ObjectNode confirm(ObjectNode json) {
        ObjectNode line = object(
                "{'type':'confirmed','by':'customer','at':'2026-11-27T09:00:41.207Z','grantedScopes':['payments']}");
        ((ArrayNode) json.at("/consent/history")).add(line);
        ObjectNode signed = line.putObject("signed")
                .put("challenge", CHALLENGE)
                .put("askedAt", "2026-11-27T09:00:00.250Z")
                .put("expiresAt", "2026-11-27T09:05:00.250Z");
        signed.set("shown", json.get("shown"));
        ObjectNode content =
                object("{'details':[{'rows':[]}]}").put("text", Sha256.of(CanonicalJson.of(json.get("shown"))));
        ((ObjectNode) content.at("/details/0")).set("detail", json.at("/decision/grantedDetails/0"));
        signed.set("shownContent", content);
        return signed.put("contentHash", Sha256.base64Url(CanonicalJson.of(content)));
    }

    /** With an assertion by a passkey. */
    static ObjectNode signedByPasskey() {
        return signedByPasskey(PASSKEY, "SHA256withECDSA", 0x05, client -> {}, covered -> {});
    }

    static ObjectNode signedByPasskey(
            KeyPair pair, String algorithm, int flags, Consumer<ObjectNode> client, Consumer<ObjectNode> covered) {
        return signedByPasskey(SITE, pair, algorithm, flags, client, covered);
    }

    /** With an assertion by a passkey of a site. */
    static ObjectNode signedByPasskeyOf(String site, Consumer<ObjectNode> client) {
        return signedByPasskey(site, PASSKEY, "SHA256withECDSA", 0x05, client, covered -> {});
    }

    private static ObjectNode signedByPasskey(
            String site,
            KeyPair pair,
            String algorithm,
            int flags,
            Consumer<ObjectNode> client,
            Consumer<ObjectNode> covered) {
        ObjectNode json = payment();
        ((ObjectNode) json.get("request")).put("channel", "redirect");
        ((ObjectNode) json.get("decision")).putNull("deviceId");
        ObjectNode covers = object("{'accounts':{'0':['acc-1']},'permissions':['payments']}")
                .put("chl", CHALLENGE)
                .put("dsp", json.get("contentHash").textValue());
        covered.accept(covers);
        json.set("signature", byPasskey(site, pair, algorithm, flags, client, covers));
        return json;
    }

    private static ObjectNode byPasskey(
            String site, KeyPair pair, String algorithm, int flags, Consumer<ObjectNode> client, ObjectNode covers) {
        String text = CanonicalJson.of(covers);
        ObjectNode clientData = object(
                        "{'type':'webauthn.get','origin':'https://login.bank.example','crossOrigin':false}")
                .put("challenge", Sha256.base64Url(text));
        client.accept(clientData);
        byte[] clientBytes = clientData.toString().getBytes(StandardCharsets.UTF_8);
        byte[] data = new byte[37];
        System.arraycopy(sha256(site.getBytes(StandardCharsets.UTF_8)), 0, data, 0, 32);
        data[32] = (byte) flags;
        byte[] signed = new byte[69];
        System.arraycopy(data, 0, signed, 0, 37);
        System.arraycopy(sha256(clientBytes), 0, signed, 37, 32);
        return object("{'kind':'webauthn','credentialId':'Y3JlZA'}")
                .put("clientDataJSON", base64(clientBytes))
                .put("authenticatorData", base64(data))
                .put("signature", base64(sign(pair, algorithm, signed)))
                .put(
                        "publicKey",
                        Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()))
                .put("covered", text);
    }

    private static byte[] sign(KeyPair pair, String algorithm, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(signed);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** As it comes from the staff API. */
    static byte[] sealed(ObjectNode document) {
        return sealed(document, REALM, JWSAlgorithm.RS256, "consent-evidence+jws");
    }

    static byte[] sealed(ObjectNode document, JWK key, JWSAlgorithm algorithm, String type) {
        try {
            ObjectNode json = document.deepCopy();
            json.set("sealKey", new ObjectMapper().readTree(key.toPublicJWK().toJSONString()));
            JWSObject jws = new JWSObject(
                    new JWSHeader.Builder(algorithm)
                            .type(new JOSEObjectType(type))
                            .keyID(key.getKeyID())
                            .build(),
                    new Payload(CanonicalJson.of(json)));
            jws.sign(key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key));
            json.put("seal", jws.serialize(true));
            return CanonicalJson.of(json).getBytes(StandardCharsets.UTF_8);
        } catch (JOSEException | IOException e) {
            throw new AssertionError(e);
        }
    }

    static ObjectNode with(ObjectNode document, String parent, String name, JsonNode value) {
        ObjectNode changed = document.deepCopy();
        ((ObjectNode) changed.at(parent)).set(name, value);
        return changed;
    }

    private Made() {}
}
