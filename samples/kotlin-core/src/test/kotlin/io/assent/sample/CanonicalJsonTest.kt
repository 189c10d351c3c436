package io.assent.sample

import java.math.BigDecimal
import kotlin.random.Random
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.erdtman.jcs.JsonCanonicalizer
import org.erdtman.jcs.NumberToJSON
import org.junit.jupiter.api.Test

class CanonicalJsonTest {

    private val random = Random(15)

    @Test
    fun `it is the form that the library makes, by which the server goes`() {
        repeat(2_000) {
            val json = JsonObject(mapOf("any" to any(4)))
            assertThat(canonical(json)).isEqualTo(JsonCanonicalizer(json.toString()).encodedString)
        }
    }

    @Test
    fun `numbers in another form are refused`() {
        for (number in listOf("1.0", "1.50", "1e3", "1e+3", "1E-7", "-0", "01", "12345678901234567", ".5", "NaN")) {
            assertThatThrownBy { canonical(Json.parseToJsonElement("[$number]")) }
                .describedAs(number)
                .isInstanceOf(IllegalArgumentException::class.java)
        }
    }

    @Test
    fun `half of a character has no hash`() {
        assertThatThrownBy { sha256("\uD83D") }.isInstanceOf(CharacterCodingException::class.java)
    }

    private fun any(depth: Int): JsonElement = when (random.nextInt(if (depth > 0) 8 else 5)) {
        0 -> JsonNull
        1 -> JsonPrimitive(random.nextBoolean())
        2 -> Json.parseToJsonElement(number())
        3, 4 -> JsonPrimitive(text())
        5 -> JsonArray(List(random.nextInt(4)) { any(depth - 1) })
        else -> JsonObject(List(random.nextInt(6)) { text() to any(depth - 1) }.toMap())
    }

    /** As the API sends them: whole up to 2^53, fractions of at most 15 digits, down to 1e-15. */
    private fun number(): String = if (random.nextBoolean()) {
        random.nextLong(-9_007_199_254_740_991, 9_007_199_254_740_992).toString()
    } else {
        val digits = BigDecimal.valueOf(random.nextLong(-999_999_999_999_999, 1_000_000_000_000_000))
        val shorter = digits.divideToIntegralValue(BigDecimal.TEN.pow(random.nextInt(15)))
        NumberToJSON.serializeNumber(shorter.movePointLeft(random.nextInt(16)).toDouble())
    }

    /** Of ASCII with its control characters, of the rest of the BMP, and beyond it. */
    private fun text(): String = buildString {
        repeat(random.nextInt(6)) {
            when (random.nextInt(4)) {
                0 -> append(random.nextInt(0x20).toChar())
                1 -> append(random.nextInt(0x20, 0x80).toChar())
                2 -> append((if (random.nextBoolean()) random.nextInt(0x80, 0xD800) else random.nextInt(0xE000, 0xFFFE)).toChar())
                else -> appendCodePoint(random.nextInt(0x10000, 0x110000))
            }
        }
    }
}
