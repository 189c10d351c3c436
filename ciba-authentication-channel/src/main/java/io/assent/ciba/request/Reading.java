package io.assent.ciba.request;

/** A request, or why there is none. */
sealed interface Reading permits BackchannelRequest, Refusal {}
