package io.assent.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be granted by accounts that were signed, in place of what was asked. */
class ChosenAccountsTest {

    private static boolean match(String asked, String granted, String chosen) {
        return ChosenAccounts.match(list(asked), list(granted), json(chosen));
    }

    /** Of details that are without brackets, and each have a payee. */
    private static JsonNode list(String details) {
        return json("[" + details.replace("{payee", "{'creditor':{'iban':'DE1'},'amount':'9'") + "]");
    }

    private static JsonNode json(String json) {
        try {
            return new ObjectMapper().readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code AccountField} of the server writes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{payee} | {payee} | {}",
                "{payee} | {payee,'from':{'id':'a'}} | {'0':['a']}",
                "{payee,'from':{'id':'a'}} | {payee,'from':{'id':'a'}} | {'0':['a']}",
                "{payee,'from':{'id':'a'}} | {payee,'from':{'id':'a'}} | {}",
                "{payee,'from':{'id':'a','name':'x'}} | {payee,'from':{'id':'a'}} | {'0':['a']}",
                "{payee} | {payee,'of':[{'id':'b'},{'id':'a'}]} | {'0':['a','b']}",
                "{payee,'of':[{'id':'a'},{'id':'b'}]} | {payee,'of':[{'id':'b'}]} | {'0':['b']}",
                "{payee,'of':[{'id':'a'},{'id':'b'}]} | {payee,'of':[{'id':'b'},{'id':'a'}]} | {'0':['a','b']}",
                "{payee} | {payee,'of':[]} | {}",
                "{payee,'of':[{'id':'a'}]} | {payee,'of':[]} | {}",
                "{payee},{payee,'of':[]} | {payee},{payee,'of':[]} | {}",
                "{payee},{payee} | {payee},{payee,'from':{'id':'a'}} | {'1':['a']}",
                // the server finds for each the one that it is within
                "{payee,'of':[{'id':'a'}]},{payee,'of':[{'id':'b'}]} | {payee,'of':[{'id':'b'}]},{payee,'of':[{'id':'a'}]} | {'0':['b'],'1':['a']}",
            })
    void asTheServerWritesThem(String asked, String granted, String chosen) {
        assertThat(match(asked, granted, chosen)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // a value of any name, where nothing was chosen
                "{payee,'to':'Grün'} | {payee,'to':'Mallory'} | {}",
                "{payee,'to':'Grün'} | {payee} | {}",
                "{payee} | {payee,'to':'Mallory'} | {}",
                "{payee} | {payee,'to':{}} | {}",
                "{payee} | {payee,'to':[{}]} | {}",
                "{payee} | {payee,'to':null} | {}",
                "{payee,'from':{'id':'a'}} | {payee} | {}",
                "{payee,'from':{'id':'a'}} | {payee,'from':[]} | {}",
                "{payee,'to':['x']} | {payee,'to':[]} | {}",
                "{payee,'to':'Grün'} | {payee,'to':[]} | {}",
                // a value that names the account besides
                "{payee} | {payee,'to':{'id':'a','iban':'DE2'}} | {'0':['a']}",
                "{payee} | {payee,'to':[{'id':'a','iban':'DE2'}]} | {'0':['a']}",
                "{payee,'sum':{'value':'1'}} | {payee,'sum':{'id':'a','value':'9999'}} | {'0':['a']}",
                "{payee,'sum':{'id':'a','value':'1'}} | {payee,'sum':{'id':'a','value':'9999'}} | {'0':['a']}",
                "{payee} | {payee,'to':'a'} | {'0':['a']}",
                "{payee} | {payee,'to':['a']} | {'0':['a']}",
                "{payee} | {payee,'to':[{'id':'a'},{'id':'a'}]} | {'0':['a']}",
                "{payee} | {payee,'to':{'id':1}} | {'0':['1']}",
                // what was no account before
                "{payee,'to':{'iban':'DE1'}} | {payee,'to':{'id':'a'}} | {'0':['a']}",
                "{payee,'to':'DE1'} | {payee,'to':{'id':'a'}} | {'0':['a']}",
                "{payee,'to':[{'iban':'DE1'}]} | {payee,'to':[{'id':'a'}]} | {'0':['a']}",
                "{payee,'to':null} | {payee,'to':{'id':'a'}} | {'0':['a']}",
                "{payee,'to':{'id':'x','iban':'DE1'}} | {payee,'to':{'id':'a'}} | {'0':['a']}",
                "{payee,'to':{'id':'a'}} | {payee,'to':[{'id':'a'}]} | {'0':['a']}",
                // two members, other accounts, another place, another count
                "{payee} | {payee,'from':{'id':'a'},'to':{'id':'a'}} | {'0':['a']}",
                "{payee} | {payee,'from':{'id':'a'}} | {'0':['b']}",
                "{payee} | {payee,'from':{'id':'a'}} | {}",
                "{payee} | {payee} | {'0':['a']}",
                "{payee,'of':[{'id':'a'},{'id':'b'}]} | {payee,'of':[{'id':'a'},{'id':'b'}]} | {'0':['a']}",
                "{payee,'sum':{'id':'a','value':'1'}} | {payee,'sum':{'id':'a','value':'1'}} | {'0':['a']}",
                "{payee},{payee} | {payee},{payee,'from':{'id':'a'}} | {'0':['a']}",
                "{payee} | {payee,'from':{'id':'a'}} | {'0':['a'],'1':['a']}",
                "{payee} | {payee},{payee} | {}",
                "{payee},{payee} | {payee} | {}",
            })
    void nothingElseIsGranted(String asked, String granted, String chosen) {
        assertThat(match(asked, granted, chosen)).isFalse();
    }

    @Test
    void whatIsNoDetailOrNoListOfIdsIsNone() {
        assertThat(match("'x'", "'y'", "{}")).isFalse();
        assertThat(match("'x'", "'x'", "{}")).isFalse();
        assertThat(match("{payee}", "{payee}", "[]")).isFalse();
        assertThat(match("{payee}", "{payee,'from':{'id':'a'}}", "{'0':'a'}")).isFalse();
        assertThat(match("{payee}", "{payee,'from':{'id':'1'}}", "{'0':[1]}")).isFalse();
    }
}
