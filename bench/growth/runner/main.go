// Runs a program and prints what it took, as JSON. It is this small so that it does not count into its child's memory.
//
// Usage: runner PROGRAM [ARGUMENT...]
package main

import (
	"encoding/json"
	"log"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 2 {
		log.Fatal("usage: runner PROGRAM [ARGUMENT...]")
	}
	program := exec.Command(os.Args[1], os.Args[2:]...)
	program.Stderr = os.Stderr
	started := time.Now()
	err := program.Run()
	wall := time.Since(started)
	if err != nil {
		log.Fatal(err)
	}
	usage := program.ProcessState.SysUsage().(*syscall.Rusage)
	processor := time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	_ = json.NewEncoder(os.Stdout).Encode(map[string]float64{
		"wallMs":      milliseconds(wall),
		"processorMs": milliseconds(processor),
		// Linux counts in KB, and over the programs that a process becomes.
		"peakMb": float64(usage.Maxrss) / 1024,
	})
}

func milliseconds(duration time.Duration) float64 {
	return float64(duration.Nanoseconds()) / 1e6
}
