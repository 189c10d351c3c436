package io.assent.claim;

/** What came of reading a parameter {@code claims}. */
public sealed interface ClaimsReading permits ClaimSet, ClaimsFlaw {}
