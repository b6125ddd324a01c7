package main

import (
	"maps"
	"slices"
	"time"
)

func summarize(clients []*client, took time.Duration) Report {
	report := Report{Seconds: took.Seconds()}
	latencies := []time.Duration{}
	distinct := map[int]bool{}
	for _, client := range clients {
		latencies = append(latencies, client.latencies...)
		report.Refused += client.refused
		report.Wrong += client.wrong
		report.Older += client.older
		maps.Copy(distinct, client.distinct)
	}
	slices.Sort(latencies)
	report.Requests = len(latencies)
	report.Versions = len(distinct)
	report.P50 = quantile(latencies, 0.5)
	report.P99 = quantile(latencies, 0.99)
	report.Max = quantile(latencies, 1)
	return report
}

// quantile gives microseconds.
func quantile(sorted []time.Duration, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[int(float64(len(sorted)-1)*share)].Nanoseconds()) / 1000
}
