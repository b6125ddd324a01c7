package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() {
	lambda.Start(handle)
}

// Says what it has found, and of the secret only how long it is.
func handle(context.Context) (map[string]string, error) {
	return map[string]string{"API_TOKEN": fmt.Sprintf("%d characters", len(os.Getenv("API_TOKEN")))}, nil
}
