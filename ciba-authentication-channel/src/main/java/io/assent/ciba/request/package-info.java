/** What a client sends to the backchannel (CIBA Core 1.0, section 7.1), and which customer it means. */
package io.assent.ciba.request;
