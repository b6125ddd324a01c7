export default {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: { "\\.ts$": "<rootDir>/test/support/transform.cjs" },
  // A cold machine may take this long for one process; what is slow on purpose says so itself.
  testTimeout: 30_000,
};
