type Page = { text: string; link: string };

/** The site's pages by question; `link`: the file in the repository. No other file is a page. */
export const SIDEBAR: { text: string; items: Page[] }[] = [
  {
    text: "What is it?",
    items: [
      { text: "secrets-wrapper", link: "README.md" },
      { text: "How it compares", link: "docs/comparison.md" },
      { text: "How fast it is", link: "docs/performance.md" },
      { text: "What is protected", link: "SECURITY.md" },
    ],
  },
  {
    text: "How do I install it?",
    items: [
      { text: "Terraform", link: "terraform/README.md" },
      { text: "CDK", link: "docs/cdk.md" },
      { text: "SAM", link: "examples/sam/README.md" },
      { text: "Serverless Framework", link: "examples/serverless/README.md" },
      { text: "CloudFormation", link: "examples/cloudformation/README.md" },
      { text: "Pulumi", link: "examples/pulumi/README.md" },
      { text: "provided.* and images", link: "docs/containers.md" },
      { text: "An image, complete", link: "examples/container-image/README.md" },
      { text: "With another wrapper", link: "docs/chaining.md" },
      { text: "Upgrading", link: "docs/upgrading.md" },
      { text: "Changelog", link: "CHANGELOG.md" },
    ],
  },
  {
    text: "What can I write?",
    items: [
      { text: "SECRETS", link: "docs/secrets.md" },
      { text: "Names that wildcards may not set", link: "docs/startup-names.md" },
      { text: "Identities from SPIRE", link: "docs/spire.md" },
    ],
  },
  {
    text: "Why does it fail?",
    items: [
      { text: "Errors", link: "docs/errors.md" },
      { text: "Permissions", link: "docs/iam.md" },
      { text: "Network: VPC, NAT, proxy", link: "docs/network.md" },
      { text: "Check on your machine", link: "docs/local.md" },
      { text: "Retries", link: "docs/retries.md" },
    ],
  },
  {
    text: "How do I operate it?",
    items: [
      { text: "Alarms, queues, quotas, cost", link: "docs/operating.md" },
      { text: "Rotation", link: "docs/rotation.md" },
      { text: "The live cache", link: "docs/live-cache.md" },
    ],
  },
  {
    text: "More of Terraform",
    items: [
      { text: "Complete example", link: "terraform/examples/complete/README.md" },
      { text: "Container image", link: "terraform/examples/container-image/README.md" },
      { text: "Customer-managed key", link: "terraform/examples/customer-managed-key/README.md" },
      { text: "The layer alone", link: "terraform/modules/layer/README.md" },
    ],
  },
  {
    text: "How is it made?",
    items: [
      { text: "Design", link: "docs/design.md" },
      { text: "Architecture", link: "ARCHITECTURE.md" },
      { text: "Tests of the claims", link: "docs/claims.md" },
      { text: "Results", link: "docs/results.md" },
      { text: "Acceptance on AWS", link: "examples/acceptance/README.md" },
      { text: "Contributing", link: "docs/contributing.md" },
      { text: "Releases", link: "docs/publishing.md" },
    ],
  },
];

export const PAGES = SIDEBAR.flatMap(({ items }) => items.map(({ link }) => link));
