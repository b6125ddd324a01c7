// Starts a program with its secrets in its environment, as a program on aws-sdk-go-v2 does it.
//
// Usage: SECRET_NAMES="one two" wrapper [-parallel] PROGRAM [ARGUMENT...]
package main

import (
	"context"
	"errors"
	"flag"
	"log"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

func main() {
	log.SetFlags(0)
	parallel := flag.Bool("parallel", false, "fetch all secrets at once")
	flag.Parse()
	if flag.NArg() == 0 {
		log.Fatal("usage: wrapper [-parallel] PROGRAM [ARGUMENT...]")
	}
	if err := run(context.Background(), *parallel, flag.Args()); err != nil {
		log.Fatal(err)
	}
}

// run only returns when it has failed.
func run(ctx context.Context, parallel bool, argv []string) error {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return err
	}
	fetch := oneAfterAnother
	if parallel {
		fetch = atOnce
	}
	names := strings.Fields(os.Getenv("SECRET_NAMES"))
	values, err := fetch(ctx, secretsmanager.NewFromConfig(cfg), names)
	if err != nil {
		return err
	}
	for i, name := range names {
		if err := os.Setenv(name, values[i]); err != nil {
			return err
		}
	}
	file, err := exec.LookPath(argv[0])
	if err != nil {
		return err
	}
	return syscall.Exec(file, argv, os.Environ())
}

func oneAfterAnother(ctx context.Context, client *secretsmanager.Client, names []string) ([]string, error) {
	values := make([]string, len(names))
	for i, name := range names {
		value, err := get(ctx, client, name)
		if err != nil {
			return nil, err
		}
		values[i] = value
	}
	return values, nil
}

func atOnce(ctx context.Context, client *secretsmanager.Client, names []string) ([]string, error) {
	values := make([]string, len(names))
	failures := make([]error, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() { values[i], failures[i] = get(ctx, client, name) })
	}
	all.Wait()
	return values, errors.Join(failures...)
}

func get(ctx context.Context, client *secretsmanager.Client, name string) (string, error) {
	output, err := client.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &name})
	if err != nil {
		return "", err
	}
	return aws.ToString(output.SecretString), nil
}
