package io.assent.sample

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

class AppLinkTest {

    private val issuer = "https://login.bank.example/realms/bank"
    private val secret = "AAAAAAAAAAAAAAAAAAAA-_"

    @Test
    fun `a link of the bank has a secret`() {
        assertThat(AppLink.secret(" $issuer/consent/v1/links/$secret\n", issuer)).isEqualTo(secret)
    }

    @ParameterizedTest
    @ValueSource(
        strings = [
            "",
            "no address",
            "https://login.bank.example/realms/other/consent/v1/links/AAAAAAAAAAAAAAAAAAAA-_",
            "http://login.bank.example/realms/bank/consent/v1/links/AAAAAAAAAAAAAAAAAAAA-_",
            "https://login.bank.example.evil.example/realms/bank/consent/v1/links/AAAAAAAAAAAAAAAAAAAA-_",
            "https://login.bank.example@evil.example/realms/bank/consent/v1/links/AAAAAAAAAAAAAAAAAAAA-_",
            "https://login.bank.example:8443/realms/bank/consent/v1/links/AAAAAAAAAAAAAAAAAAAA-_",
            "https://login.bank.example/realms/bank/consent/v1/links/AAAAAAAAAAAAAAAAAAAA-_/more",
            "https://login.bank.example/realms/bank/consent/v1/links/../AAAAAAAAAAAAAAAAAAA",
            "https://login.bank.example/realms/bank/consent/v1/returns/AAAAAAAAAAAAAAAAAAAA-_",
            "bank://links/AAAAAAAAAAAAAAAAAAAA-_",
        ],
    )
    fun `nothing else has one`(text: String) {
        assertThat(AppLink.secret(text, issuer)).isNull()
    }

    @Test
    fun `what is not known is null, and what is not said is asked for`() {
        val link = Link.read(
            Json.parseToJsonElement(
                """{"domain":"acme.example","browser":"Firefox","system":"other","place":null,"sameNetwork":null,""" +
                    """"startedAt":"2026-11-27T08:00:00Z","scanned":true,"code":null,"returnUri":null,"more":1}""",
            ).jsonObject,
        )

        assertThat(link.domain).isEqualTo("acme.example")
        assertThat(listOf(link.place, link.sameNetwork, link.code, link.returnUri)).containsOnlyNulls()
        assertThat(link.numberRequired).isTrue()
    }
}
