package io.spindle.tuning.report;

import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.StringWriter;
import java.io.UncheckedIOException;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/** Draws a chart as an SVG element that can stand inside a page. */
public final class SvgChart {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final String ELEMENT = "<svg";

    private SvgChart() {}

    public static String draw(final JFreeChart chart, final int width, final int height) {
        final SVGGraphics2D graphics = new SVGGraphics2D(emptyDocument());
        graphics.setSVGCanvasSize(new Dimension(width, height));
        chart.draw(graphics, new Rectangle(width, height));
        final StringWriter writer = new StringWriter();
        try {
            graphics.stream(graphics.getRoot(), writer, true, false);
        } catch (final SVGGraphics2DIOException e) {
            throw new UncheckedIOException(e);
        }
        final String text = writer.toString();
        return text.substring(text.indexOf(ELEMENT));
    }

    private static Document emptyDocument() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (final ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
