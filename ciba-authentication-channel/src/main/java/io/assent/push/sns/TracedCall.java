package io.assent.push.sns;

import io.assent.trace.TracePlace;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Says to which trace a call belongs, for what stands between this server and the vendor. */
final class TracedCall implements ExecutionInterceptor {

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return TracePlace.current()
                .<SdkHttpRequest>map(place -> context.httpRequest().toBuilder()
                        .putHeader(TracePlace.HEADER, place.traceparent())
                        .build())
                .orElse(context.httpRequest());
    }
}
