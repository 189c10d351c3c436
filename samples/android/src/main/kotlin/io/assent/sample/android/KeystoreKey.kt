package io.assent.sample.android

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import io.assent.sample.DeviceKey
import java.security.KeyPairGenerator
import java.security.KeyStore
import java.security.PrivateKey
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.util.Base64

/** The key by which this installation signs. Its private half never leaves the phone's hardware. */
class KeystoreKey(private val alias: String) {

    fun publicKey(): DeviceKey = DeviceKey.of(store().getCertificate(alias).publicKey as ECPublicKey)

    /** What the hardware says about the key: its certificates, the key's own first, for the field `x5c`. */
    fun certificates(): List<String> =
        store().getCertificateChain(alias).map { Base64.getEncoder().encodeToString(it.encoded) }

    /**
     * What signs once the user was verified, one text for each verification.
     *
     * @throws android.security.keystore.KeyPermanentlyInvalidatedException where there is another finger or face than
     *     when the key was made, or no screen lock any more: the key is lost, see [Device.startAnew]
     */
    fun signature(): Signature =
        Signature.getInstance("SHA256withECDSA").apply { initSign(store().getKey(alias, null) as PrivateKey) }

    fun delete() = store().deleteEntry(alias)

    companion object {
        private const val STORE = "AndroidKeyStore"

        /**
         * A new key, in a chip of its own where the phone has one.
         *
         * @param challenge the server's, which the hardware puts into the certificate as it is
         */
        fun create(alias: String, challenge: String): KeystoreKey {
            try {
                generate(alias, challenge, strongBox = true)
            } catch (_: StrongBoxUnavailableException) {
                generate(alias, challenge, strongBox = false)
            }
            return KeystoreKey(alias)
        }

        private fun generate(alias: String, challenge: String, strongBox: Boolean) {
            val spec = KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_SIGN)
                .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
                .setDigests(KeyProperties.DIGEST_SHA256)
                .setUserAuthenticationRequired(true)
                // no time in which it signs unasked: each signature takes a verification of its own
                .setUserAuthenticationParameters(
                    0,
                    KeyProperties.AUTH_BIOMETRIC_STRONG or KeyProperties.AUTH_DEVICE_CREDENTIAL,
                )
                .setInvalidatedByBiometricEnrollment(true)
                .setUnlockedDeviceRequired(true)
                .setAttestationChallenge(challenge.encodeToByteArray())
                .setIsStrongBoxBacked(strongBox)
                .build()
            KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, STORE).apply { initialize(spec) }.generateKeyPair()
        }

        private fun store(): KeyStore = KeyStore.getInstance(STORE).apply { load(null) }
    }
}
