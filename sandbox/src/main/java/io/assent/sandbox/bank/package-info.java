/**
 * The bank's own side of the sandbox: customers' accounts, and an API for TPPs that checks a token as a bank's API has
 * to. Something to try a token with, and something to read for whoever writes such an API.
 */
package io.assent.sandbox.bank;
