// Sends requests through connections that are kept, each as soon as the last is answered, and checks every answer.
//
// Usage: load ORDER, which is JSON; prints JSON.
package main

import (
	"encoding/json"
	"log"
	"os"
	"runtime"
	"time"
)

// Order says what to send where, and what to expect.
type Order struct {
	Address     string
	Token       string
	Connections int
	Paths       []string
	// Requests is how many; with 0 they go on for Seconds.
	Requests int
	Seconds  float64
	// Body is what every answer must be, byte for byte. Without it answers hold versions, see check.go.
	Body string
	// Secrets is of how many secrets /secrets gives versions.
	Secrets int
}

// Report is what has come of it.
type Report struct {
	Requests int
	Seconds  float64
	// Latencies in microseconds.
	P50, P99, Max float64
	// Refused is how many answers had another status than 200.
	Refused int
	// Wrong is how many had another body than expected, or more than one version of a secret.
	Wrong int
	// Older is how many had an older version than the same connection had seen before.
	Older    int
	Versions int
}

func main() {
	log.SetFlags(0)
	// The servers that are measured need the other cores.
	runtime.GOMAXPROCS(1)
	if len(os.Args) != 2 {
		log.Fatal("usage: load ORDER")
	}
	var order Order
	if err := json.Unmarshal([]byte(os.Args[1]), &order); err != nil {
		log.Fatal(err)
	}
	report, err := run(order)
	if err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(report); err != nil {
		log.Fatal(err)
	}
}

// run fails where a single request is lost.
func run(order Order) (Report, error) {
	clients, err := connectAll(order)
	if err != nil {
		return Report{}, err
	}
	started := time.Now()
	failures := make(chan error, len(clients))
	for _, client := range clients {
		go func() { failures <- client.send(order, started) }()
	}
	for range clients {
		if err := <-failures; err != nil {
			return Report{}, err
		}
	}
	return summarize(clients, time.Since(started)), nil
}
