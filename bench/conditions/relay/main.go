// Forwards TCP connections to a target on loopback, each direction later by half of a round-trip time.
//
// Usage: relay TARGET RTT, as in relay localhost:443 10ms; prints its port, and ends with its standard input.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"time"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: relay TARGET RTT")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

// run only returns when it has failed.
func run(target, roundTrip string) error {
	address, err := net.ResolveTCPAddr("tcp4", target)
	if err != nil {
		return err
	}
	rtt, err := time.ParseDuration(roundTrip)
	if err != nil {
		return err
	}
	listener, err := net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	for {
		client, err := listener.AcceptTCP()
		if err != nil {
			return err
		}
		go relay(client, address, rtt/2)
	}
}

// relay connects both ends; where the target is not there, the client's connection is reset.
func relay(client *net.TCPConn, address *net.TCPAddr, delay time.Duration) {
	target, err := net.DialTCP("tcp4", nil, address)
	if err != nil {
		reset(client)
		return
	}
	done := make(chan struct{})
	go func() {
		forward(client, target, delay)
		close(done)
	}()
	forward(target, client, delay)
	<-done
	client.Close()
	target.Close()
}
