package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// A client has one connection, and what was seen on it.
type client struct {
	conn      net.Conn
	reader    *bufio.Reader
	first     int
	share     int
	body      []byte
	latencies []time.Duration
	refused   int
	wrong     int
	older     int
	versions  versions
	distinct  map[int]bool
}

func connectAll(order Order) ([]*client, error) {
	clients := make([]*client, order.Connections)
	for i := range clients {
		conn, err := net.Dial("tcp", order.Address)
		if err != nil {
			return nil, err
		}
		share := order.Requests / order.Connections
		if i < order.Requests%order.Connections {
			share++
		}
		clients[i] = &client{conn: conn, reader: bufio.NewReader(conn), first: i, share: share, versions: versions{}, distinct: map[int]bool{}}
		clients[i].latencies = make([]time.Duration, 0, share)
	}
	return clients, nil
}

// send goes round the paths, each client from another one on.
func (c *client) send(order Order, started time.Time) error {
	defer c.conn.Close()
	end := started.Add(time.Duration(order.Seconds * float64(time.Second)))
	for i := 0; ; i++ {
		if order.Requests > 0 && i == c.share || order.Requests == 0 && time.Now().After(end) {
			return nil
		}
		path := order.Paths[(c.first+i)%len(order.Paths)]
		status, err := c.get(order, path)
		if err != nil {
			return fmt.Errorf("request %d of connection %d was lost: %w", i+1, c.first+1, err)
		}
		c.check(order, path, status)
	}
}

// get leaves the answer in c.body, until the next call.
func (c *client) get(order Order, path string) (status int, err error) {
	request := "GET " + path + " HTTP/1.1\r\nHost: " + order.Address +
		"\r\nX-Aws-Parameters-Secrets-Token: " + order.Token + "\r\n\r\n"
	sent := time.Now()
	if err := c.conn.SetDeadline(sent.Add(timeout)); err != nil {
		return 0, err
	}
	if _, err := io.WriteString(c.conn, request); err != nil {
		return 0, err
	}
	status, length, err := c.readHead()
	if err != nil {
		return 0, err
	}
	if cap(c.body) < length {
		c.body = make([]byte, length)
	}
	c.body = c.body[:length]
	if _, err := io.ReadFull(c.reader, c.body); err != nil {
		return 0, err
	}
	c.latencies = append(c.latencies, time.Since(sent))
	return status, nil
}

func (c *client) readHead() (status, length int, err error) {
	length = -1
	for {
		line, err := c.reader.ReadSlice('\n')
		if err != nil {
			return 0, 0, err
		}
		name, value, isHeader := bytes.Cut(bytes.TrimSpace(line), []byte(": "))
		switch {
		case len(name) == 0 && length < 0:
			return 0, 0, errors.New("an answer without its length")
		case len(name) == 0:
			return status, length, nil
		case status == 0:
			if len(line) < 12 {
				return 0, 0, errors.New("what was sent is not HTTP")
			}
			status, err = strconv.Atoi(string(line[9:12]))
		case isHeader && bytes.EqualFold(name, []byte("content-length")):
			length, err = strconv.Atoi(string(value))
		}
		if err != nil {
			return 0, 0, err
		}
	}
}

const timeout = 30 * time.Second
