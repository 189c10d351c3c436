package io.assent.sample.android

import android.content.Context
import android.content.pm.PackageManager
import android.hardware.biometrics.BiometricManager.Authenticators.BIOMETRIC_STRONG
import android.hardware.biometrics.BiometricManager.Authenticators.DEVICE_CREDENTIAL
import android.hardware.biometrics.BiometricPrompt
import android.os.CancellationSignal
import io.assent.sample.ToSign

/** Asks for a finger, a face or the phone's PIN, and lets the key sign one text. */
class UserVerification(private val context: Context) {

    /**
     * @param title what the customer is about to do, as "Pay €12.50 to Merchant A"
     * @param toSign what to sign, by the methods of RFC 8176 with which the user was verified
     * @param done gets the JWS, on the main thread
     * @param failed why there is none: the customer gave up, or the phone locked itself
     */
    fun sign(
        key: KeystoreKey,
        title: String,
        toSign: (List<String>) -> ToSign,
        done: (String) -> Unit,
        failed: (CharSequence) -> Unit,
    ) {
        val callback = object : BiometricPrompt.AuthenticationCallback() {
            override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult) {
                val text = toSign(methods(result))
                val signature = checkNotNull(result.cryptoObject?.signature)
                signature.update(text.bytes)
                done(text.jws(signature.sign()))
            }

            override fun onAuthenticationError(code: Int, message: CharSequence) = failed(message)
        }
        BiometricPrompt.Builder(context)
            .setTitle(title)
            .setConfirmationRequired(true)
            .setAllowedAuthenticators(BIOMETRIC_STRONG or DEVICE_CREDENTIAL)
            .build()
            .authenticate(
                BiometricPrompt.CryptoObject(key.signature()),
                CancellationSignal(),
                context.mainExecutor,
                callback,
            )
    }

    /**
     * `pin` is a PIN, a pattern or a password of the phone. Which biometric it was Android does not say: all that the
     * phone has are named.
     */
    private fun methods(result: BiometricPrompt.AuthenticationResult): List<String> =
        if (result.authenticationType == BiometricPrompt.AUTHENTICATION_RESULT_TYPE_DEVICE_CREDENTIAL) {
            listOf("pin", "hwk")
        } else {
            BIOMETRICS.filterKeys(context.packageManager::hasSystemFeature).values + "hwk"
        }

    private companion object {
        val BIOMETRICS = mapOf(
            PackageManager.FEATURE_FINGERPRINT to "fpt",
            PackageManager.FEATURE_FACE to "face",
            PackageManager.FEATURE_IRIS to "iris",
        )
    }
}
