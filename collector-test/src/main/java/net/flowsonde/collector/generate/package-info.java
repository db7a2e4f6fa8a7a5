/**
 * Large, seeded traffic with ground truth, as a capture file. {@code TrafficGenerator} plans every flow, keeps some thousands open at a
 * time, and says exactly what it wrote, flow by flow.
 */
package net.flowsonde.collector.generate;
