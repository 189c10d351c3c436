/** What is sent in tests: sound, and broken in every way that somebody thought of. */
package io.assent.fake.data;
