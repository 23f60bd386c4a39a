/** What tests of several packages share: backends, small networks, traversals, settings by key. */
package io.sparkrnn.testing;
