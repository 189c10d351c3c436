package io.assent.sandbox.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HouseCallTest {

    private static JsonNode diagnosis(String findings) throws IOException {
        return new ObjectMapper().readTree("{\"findings\": [" + findings + "], \"clients\": 12}");
    }

    @Test
    void nothingIsSaidInOneLine() throws IOException {
        assertThat(HouseCall.lines("bank", diagnosis(""))).containsExactly("Realm 'bank', 12 clients: nothing found.");
        assertThat(HouseCall.hasError(diagnosis(""))).isFalse();
    }

    @Test
    void aFindingIsSaidInWordsWithWhatToDo() throws IOException {
        JsonNode diagnosis = diagnosis("""
                {"id": "tpp-full-scope", "severity": "error", "message": "It is refused.", "fix": "Switch it off.",
                 "about": [{"kind": "client", "name": "ac\\u001bme", "note": null},
                           {"kind": "client", "name": "orbit", "note": "profile"}], "total": 5}
                """);

        assertThat(HouseCall.lines("bank", diagnosis))
                .containsExactly(
                        "Realm 'bank', 12 clients: 1 findings.",
                        "",
                        "error  tpp-full-scope",
                        "  It is refused.",
                        "  - client ac?me",
                        "  - client orbit: profile",
                        "  - and 3 more",
                        "  Fix: Switch it off.");
        assertThat(HouseCall.hasError(diagnosis)).isTrue();
    }
}
