//go:build !linux

package dial

import (
	"net"
	"time"
)

// setUnacknowledged does nothing here: the read deadline alone bounds a call.
func setUnacknowledged(*net.TCPConn, time.Duration) error { return nil }
