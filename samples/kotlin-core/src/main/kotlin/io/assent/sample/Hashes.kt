package io.assent.sample

import java.security.MessageDigest
import java.util.Base64

/** In UTF-8. Half of a character is refused. */
internal fun sha256(text: String): ByteArray =
    MessageDigest.getInstance("SHA-256").digest(text.encodeToByteArray(throwOnInvalidSequence = true))

/** Without padding (RFC 7515, section 2). */
internal fun base64Url(bytes: ByteArray): String = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)

internal fun base64Url(text: String): String = base64Url(text.encodeToByteArray())

internal fun hex(bytes: ByteArray): String = bytes.joinToString("") { "%02x".format(it) }
