package io.assent.device;

import io.assent.api.PublicApi;
import io.assent.server.Sha256;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public key of one installation of the app, whose private half never leaves its phone: EC P-256, for ES256 (RFC
 * 7518, section 3.4). Only a point on the curve is one.
 *
 * @param x the point's coordinate as in a JWK: 32 bytes in base64url
 * @param y the other one
 */
@PublicApi
public record DeviceKey(String x, String y) {

    /** How a JWK writes a coordinate. */
    private static final String COORDINATE = "[A-Za-z0-9_-]{43}";

    private static final int COORDINATE_BYTES = 32;
    private static final Pattern JWK = Pattern.compile(
            "\\{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"(" + COORDINATE + ")\",\"y\":\"(" + COORDINATE + ")\"}");

    public DeviceKey {
        Objects.requireNonNull(x);
        Objects.requireNonNull(y);
    }

    /** Empty where it is no point on the curve. */
    public static Optional<DeviceKey> of(String x, String y) {
        return Optional.of(new DeviceKey(x, y)).filter(DeviceKey::isOnTheCurve);
    }

    /** The key that {@link #jwk} wrote. */
    public static DeviceKey parse(String jwk) {
        Matcher matcher = JWK.matcher(jwk);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a device's key");
        }
        return new DeviceKey(matcher.group(1), matcher.group(2));
    }

    /** As a JWK with the members that it must have, in the order in which a thumbprint takes them. */
    public String jwk() {
        return "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";
    }

    /** Its thumbprint (RFC 7638), which is also the {@code kid} of what it signs. */
    public String id() {
        return Sha256.base64Url(jwk());
    }

    ECPublicKey publicKey() {
        try {
            return (ECPublicKey) KeyFactory.getInstance("EC")
                    .generatePublic(new ECPublicKeySpec(new ECPoint(number(x), number(y)), curve()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    private boolean isOnTheCurve() {
        if (!x.matches(COORDINATE) || !y.matches(COORDINATE)) {
            return false;
        }
        try {
            EllipticCurve curve = curve().getCurve();
            BigInteger p = ((ECFieldFp) curve.getField()).getP();
            BigInteger left = number(x);
            BigInteger right = number(y);
            return left.compareTo(p) < 0
                    && right.compareTo(p) < 0
                    && right.pow(2)
                                    .subtract(left.pow(3)
                                            .add(curve.getA().multiply(left))
                                            .add(curve.getB()))
                                    .mod(p)
                                    .signum()
                            == 0;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    private static ECParameterSpec curve() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static BigInteger number(String coordinate) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(coordinate));
    }
}
