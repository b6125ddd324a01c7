// A function on provided.*: gives what its process was started with.
package main

import (
	"context"
	"os"
	"strings"

	"github.com/aws/aws-lambda-go/lambda"
)

type event struct {
	Exit *int `json:"exit"`
}

type started struct {
	Environment map[string]string `json:"environment"`
	Command     []string          `json:"command"`
	Pid         int               `json:"pid"`
}

func main() {
	lambda.Start(handle)
}

func handle(_ context.Context, event event) (started, error) {
	if event.Exit != nil {
		os.Exit(*event.Exit)
	}
	return started{Environment: environment(), Command: os.Args, Pid: os.Getpid()}, nil
}

func environment() map[string]string {
	variables := map[string]string{}
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		variables[name] = value
	}
	return variables
}
