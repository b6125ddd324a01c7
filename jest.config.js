export default {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // These packages are ES modules only.
  transform: { "\\.ts$|/(?:@noble|leven)/.*\\.js$": "<rootDir>/test/support/transform.cjs" },
  transformIgnorePatterns: ["/node_modules/(?!(?:@noble|leven)/)"],
  globalSetup: "<rootDir>/test/support/build-node-layer.ts",
  // Much of the time is spent waiting for other processes.
  maxWorkers: "100%",
  // A cold machine may take this long for one process; what is slow on purpose says so itself.
  testTimeout: 30_000,
  // The time of every suite is shown.
  slowTestThreshold: 0,
};
