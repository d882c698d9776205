package dev.chiron.evals.docs;

/** How commands of a shell ended, and what they printed, both streams as they came. */
record Said(int exitCode, String text) {}
