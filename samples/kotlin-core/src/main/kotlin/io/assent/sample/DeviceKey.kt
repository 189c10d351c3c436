package io.assent.sample

import java.math.BigInteger
import java.security.interfaces.ECPublicKey
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

private const val BYTES = 32
private const val SEQUENCE: Byte = 0x30
private const val INTEGER: Byte = 0x02

/**
 * The public half of a key in the phone's hardware: EC P-256.
 *
 * @param x in base64url, as in a JWK
 */
data class DeviceKey(val x: String, val y: String) {

    /** To send with `PUT /devices/{id}`. */
    fun jwk(): JsonObject = buildJsonObject {
        put("crv", "P-256")
        put("kty", "EC")
        put("x", x)
        put("y", y)
    }

    /** Its thumbprint (RFC 7638): the `kid` of all that it signs. */
    fun kid(): String = base64Url(sha256(canonical(jwk())))

    companion object {
        fun of(key: ECPublicKey): DeviceKey = DeviceKey(coordinate(key.w.affineX), coordinate(key.w.affineY))

        private fun coordinate(number: BigInteger): String = base64Url(fixed(number.toByteArray()))
    }
}

/**
 * A signature as a JWS has it (RFC 7518, section 3.4): two numbers of 32 bytes each.
 *
 * @param der as the key store of a phone gives it: a sequence of two integers
 */
fun signatureFromDer(der: ByteArray): ByteArray {
    require(der.size >= 2 && der[0] == SEQUENCE && der[1].toInt() == der.size - 2) { "not a sequence" }
    val first = integer(der, 2)
    val second = integer(der, first.last + 1)
    require(second.last == der.size - 1) { "not two integers" }
    return fixed(der.sliceArray(first)) + fixed(der.sliceArray(second))
}

/** Where the bytes of an integer are that begins here. */
private fun integer(der: ByteArray, at: Int): IntRange {
    require(at + 2 < der.size && der[at] == INTEGER) { "not an integer" }
    val bytes = at + 2 until at + 2 + der[at + 1]
    require(!bytes.isEmpty() && bytes.last < der.size) { "an integer that ends outside" }
    return bytes
}

/** A number that is not negative, in 32 bytes. */
private fun fixed(number: ByteArray): ByteArray {
    require(number[0] >= 0) { "a negative number" }
    val digits = number.dropWhile { it == 0.toByte() }
    require(digits.size <= BYTES) { "a number of more than $BYTES bytes" }
    return ByteArray(BYTES - digits.size) + digits
}
