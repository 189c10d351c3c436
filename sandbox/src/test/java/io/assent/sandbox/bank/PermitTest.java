package io.assent.sandbox.bank;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermitTest {

    private static final String LIVE =
            "{'active':true,'token_type':'Bearer','aud':'bank','sub':'alice','client_id':'acme',"
                    + "'exp':1800000000,'scope':'openid accounts.balances','txn':'request','content_hash':'hash',"
                    + "'authorization_details':[{'type':'account_information'},{'type':'other'}]}";

    @Test
    void aLiveTokenPermitsWhatItSays() {
        assertThat(of(Json.of(LIVE))).hasValueSatisfying(permit -> {
            assertThat(permit.customer()).isEqualTo("alice");
            assertThat(permit.client()).isEqualTo("acme");
            assertThat(permit.scopes()).containsExactly("openid", "accounts.balances");
            assertThat(permit.details("account_information")).hasSize(1);
            assertThat(permit.details("payment_initiation")).isEmpty();
            assertThat(permit.act()).hasValue("request");
            assertThat(permit.contentHash()).hasValue("hash");
        });
    }

    @Test
    void aTokenWithoutDetailsHasNone() {
        assertThat(of(without("authorization_details")))
                .hasValueSatisfying(permit ->
                        assertThat(permit.details("account_information")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "token_type", "aud", "sub", "client_id", "exp"})
    void aTokenIsWorthNothingWithoutThis(String claim) {
        assertThat(of(without(claim))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'active':false}", "{}", "[]", "null", "'active'"})
    void whatIsNotActiveIsWorthNothing(String answer) {
        assertThat(of(Json.of(answer))).isEmpty();
    }

    @Test
    void aTokenOfAnotherKindIsWorthNothing() {
        assertThat(of(with(answer -> answer.put("token_type", "Refresh")))).isEmpty();
    }

    @Test
    void aTokenThatIsBoundToAKeyIsWorthNothingWithoutIt() {
        assertThat(of(with(answer -> answer.putObject("cnf").put("jkt", "thumbprint"))))
                .isEmpty();
    }

    @Test
    void aTokenForAnotherApiIsWorthNothing() {
        assertThat(of(with(answer -> answer.put("aud", "savings")))).isEmpty();
        assertThat(of(with(answer -> answer.putArray("aud").add("savings").add("account"))))
                .isEmpty();
        assertThat(of(with(answer -> answer.putObject("aud").put("savings", "x"))))
                .isEmpty();
        assertThat(of(with(answer -> answer.putArray("aud").add("savings").add("bank"))))
                .isPresent();
    }

    private static Optional<Permit> of(JsonNode answer) {
        return Permit.of(answer, "bank");
    }

    private static ObjectNode without(String claim) {
        return with(answer -> answer.remove(claim));
    }

    private static ObjectNode with(Consumer<ObjectNode> change) {
        ObjectNode answer = (ObjectNode) Json.of(LIVE);
        change.accept(answer);
        return answer;
    }
}
