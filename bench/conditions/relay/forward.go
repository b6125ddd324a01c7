package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"runtime"
	"syscall"
	"time"
)

// A chunk of a direction's bytes, and when they are to be passed on. The last one has none, and says how it ended.
type chunk struct {
	bytes []byte
	due   time.Time
	end   error
}

// How many chunks may be under way in a direction before it is read no further.
const underWay = 4096

// forward passes on all bytes, and then the end: of one direction, or of the connection where it was reset.
func forward(from, to *net.TCPConn, delay time.Duration) {
	chunks := make(chan chunk, underWay)
	go read(from, chunks, delay)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	wakeAtOnce()
	for next := range chunks {
		sleepUntil(next.due)
		switch {
		case next.end == nil:
			_, _ = to.Write(next.bytes)
		case errors.Is(next.end, io.EOF):
			_ = to.CloseWrite()
		default:
			reset(to)
		}
	}
}

func read(from *net.TCPConn, chunks chan<- chunk, delay time.Duration) {
	defer close(chunks)
	buffer := make([]byte, 64<<10)
	for {
		count, err := from.Read(buffer)
		due := time.Now().Add(delay)
		if count > 0 {
			chunks <- chunk{bytes: bytes.Clone(buffer[:count]), due: due}
		}
		if err != nil {
			chunks <- chunk{due: due, end: err}
			return
		}
	}
}

// reset ends both directions at once, as its peer did.
func reset(connection *net.TCPConn) {
	_ = connection.SetLinger(0)
	connection.Close()
}

// sleepUntil is exact to some microseconds: Go's own timers round up to a millisecond.
func sleepUntil(due time.Time) {
	for left := time.Until(due); left > 0; left = time.Until(due) {
		duration := syscall.NsecToTimespec(left.Nanoseconds())
		_ = syscall.Nanosleep(&duration, nil)
	}
}

// wakeAtOnce has the kernel wake this thread when its time has come, and not up to 50 µs later with others.
func wakeAtOnce() {
	const nanosecond = 1
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_TIMERSLACK, nanosecond, 0)
}
