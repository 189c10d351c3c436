/** A customer names itself to a third party, for one request: a {@code login_hint_token} from the bank's app. */
package io.assent.hint;
