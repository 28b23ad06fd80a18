package io.github.dbtc4j.client;

import org.jspecify.annotations.Nullable;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/// Takes in a body of so many bytes and no more: what is longer never comes to lie in memory.
final class LimitedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private final long largest;
    private long received;
    private boolean over;
    private Flow.@Nullable Subscription source;

    private LimitedBody(long largest) {
        this.largest = largest;
    }

    static BodyHandler<byte[]> of(long largest) {
        return response -> new LimitedBody(largest);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        whole.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        received += bytes.stream().mapToLong(ByteBuffer::remaining).sum();
        if (over) {
            return;
        }
        if (received <= largest) {
            whole.onNext(bytes);
            return;
        }
        over = true;
        if (source != null) {
            source.cancel();
        }
        whole.onError(new TooLargeException(largest));
    }

    @Override
    public void onError(Throwable thrown) {
        if (!over) {
            whole.onError(thrown);
        }
    }

    @Override
    public void onComplete() {
        if (!over) {
            whole.onComplete();
        }
    }
}
