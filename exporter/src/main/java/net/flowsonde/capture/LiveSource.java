package net.flowsonde.capture;

import java.util.Optional;
import java.util.function.Function;
import net.flowsonde.telemetry.Counter;
import net.flowsonde.telemetry.Counters;
import net.flowsonde.telemetry.Gauge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live queue: reads its handle, waits in the kernel when there is nothing, and once a second takes the drops, applies a changed
 * filter and looks after the interface. An interface that goes down is waited for; one that is deleted and made again is opened
 * again.
 */
final class LiveSource implements PacketSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveSource.class);
    private static final int WAIT_MS = 100;
    private static final long HOUSEKEEPING_NS = 1_000_000_000L;

    private final LiveInterface live;
    private final Function<FrameTally, LiveHandle> opener;
    private final Counters counters;
    private final FrameTally tally;
    private final InputWait wait;
    private final InterfaceControl control;
    private final InterfaceDrops interfaceDrops;
    private final LiveClock clock = new LiveClock();
    private LiveHandle handle;
    private volatile long filterVersion;
    private volatile String filterRefusal;
    private long housekeepingNs = System.nanoTime();
    private boolean isIntakeClosed;

    /**
     * @param opener   opens the handle, now and again
     * @param isFirst  whether this queue of the interface counts what the interface drops, which must be counted once
     */
    LiveSource(
        final LiveInterface live, final Function<FrameTally, LiveHandle> opener, final Counters counters, final boolean isFirst) {
        this.live = live;
        this.opener = opener;
        this.counters = counters;
        tally = new FrameTally(counters);
        filterVersion = live.filterVersion();
        handle = opener.apply(tally);
        wait = new InputWait(handle.descriptor());
        control = new InterfaceControl(live.name());
        interfaceDrops = isFirst ? new InterfaceDrops(live.name()) : null;
    }

    @Override
    public int poll(final PacketHandler handler) {
        final long monotonicNs = System.nanoTime();
        if (monotonicNs - housekeepingNs >= HOUSEKEEPING_NS) {
            housekeepingNs = monotonicNs;
            keepHouse();
        }
        int frames = read(handler);
        if (frames == 0) {
            await();
            frames = read(handler); // what has come meanwhile is read here and now, not forgotten
        }
        tally.flush();
        handler.onTime(frames > 0 ? clock.advanceTo(handle.newestStampNs()) : clock.advanceToWallClock());
        return frames;
    }

    private int read(final PacketHandler handler) {
        if (handle == null) {
            return 0;
        }
        final int frames = handle.read(handler);
        if (frames == LiveHandle.BROKEN) {
            counters.increment(Counter.CAPTURE_ERRORS);
            closeHandle();
            return 0;
        }
        return frames;
    }

    private void await() {
        final int events = wait.await(WAIT_MS);
        if ((events & ~LibC.POLLIN) == 0) {
            return;
        }
        counters.increment(Counter.CAPTURE_ERRORS);
        final int error = handle.takeError();
        if (error == 0) {
            closeHandle(); // an error that does not pass by being read would make every wait return at once
        } else {
            LOGGER.warn("{}: {}; waiting for it to come back", live.name(), LibC.functions().strerror(error));
        }
    }

    private void keepHouse() {
        takeDrops();
        if (isIntakeClosed) {
            return;
        }
        counters.set(Gauge.CAPTURING, handle != null && isUp() ? 1 : 0);
        final int index = live.isAny() ? 0 : control.index();
        final boolean isAnother = handle == null || index != handle.interfaceIndex();
        if (index != InterfaceControl.UNKNOWN && isAnother) {
            reopen();
        } else if (handle != null && filterVersion != live.filterVersion()) {
            applyFilter();
        }
    }

    /** All interfaces together have no flags of their own. */
    private boolean isUp() {
        return live.isAny() || (control.flags() & InterfaceControl.IFF_UP) != 0;
    }

    private void reopen() {
        closeHandle();
        try {
            filterVersion = live.filterVersion();
            handle = opener.apply(tally);
            wait.descriptor(handle.descriptor());
            LOGGER.info("capturing on {} again", live.name());
        } catch (final CaptureException exception) {
            counters.increment(Counter.CAPTURE_ERRORS);
            LOGGER.debug("not there yet, or still down; tried again in a second: {}", exception.getMessage());
        }
    }

    private void applyFilter() {
        final long version = live.filterVersion();
        try {
            handle.filter(live.filter());
            filterRefusal = null;
            filterVersion = version;
        } catch (final CaptureException exception) {
            counters.increment(Counter.CAPTURE_ERRORS);
            filterRefusal = exception.getMessage();
            LOGGER.debug("the old filter stays for another second: {}", exception.getMessage());
        }
    }

    private void takeDrops() {
        if (handle != null) {
            counters.add(Counter.KERNEL_DROPS, handle.takeDrops());
        }
        if (interfaceDrops != null) {
            counters.add(Counter.INTERFACE_DROPS, interfaceDrops.take());
        }
    }

    private void closeHandle() {
        if (handle != null) {
            takeDrops();
            handle.close();
            handle = null;
            wait.descriptor(-1);
        }
    }

    @Override
    public boolean hasNewestFilter() {
        return filterVersion == live.filterVersion();
    }

    @Override
    public Optional<String> filterRefusal() {
        return Optional.ofNullable(filterRefusal);
    }

    @Override
    public boolean isFinished() {
        return false;
    }

    /** Wakes are not heard any more, so that the last wait lasts long enough for the kernel to show what it still holds. */
    @Override
    public void closeIntake() {
        isIntakeClosed = true;
        wait.ignoreWakeUps();
        if (handle != null) {
            handle.closeIntake();
        }
    }

    @Override
    public void wakeUp() {
        wait.wakeUp();
    }

    @Override
    public void close() {
        tally.flush();
        closeHandle();
        wait.close();
        control.close();
        if (interfaceDrops != null) {
            interfaceDrops.close();
        }
    }
}
